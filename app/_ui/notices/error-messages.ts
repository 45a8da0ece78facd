import type { Locale } from '#lib/domain/accounts/user.ts'

interface ErrorMessages {
  title: string
  text: string
  retry: string
}

/** An error page is drawn by the browser alone, without the catalogue: it brings its own few words. */
const errorMessages: Record<Locale, ErrorMessages> = {
  fr: {
    title: 'Cette page n’a pas pu s’afficher',
    text: 'Une erreur s’est produite de notre côté ; ce n’est pas votre faute. Réessayez ; si cela se répète, écrivez au support.',
    retry: 'Réessayer',
  },
  nl: {
    title: 'Deze pagina kon niet worden getoond',
    text: 'Er ging iets mis aan onze kant; het ligt niet aan u. Probeer het opnieuw; gebeurt het weer, contacteer dan support.',
    retry: 'Opnieuw proberen',
  },
  en: {
    title: 'This page could not be shown',
    text: 'Something went wrong on our side; it is not your fault. Try again; if it happens again, contact support.',
    retry: 'Try again',
  },
}

/** The document's language; the browser's where the document failed before it had one. */
export const localeOfDocument = (): Locale => {
  if (typeof document === 'undefined') return 'fr'
  const lang = (document.documentElement.lang || navigator.language).slice(0, 2)
  return lang === 'nl' || lang === 'en' ? lang : 'fr'
}

export const errorMessagesOfDocument = (): ErrorMessages => errorMessages[localeOfDocument()]
