import { colorSchemes, type Theme } from '../cookies/themes.ts'

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

interface PlainPage {
  locale: string
  title: string
  text: string
  link: { href: string; label: string }
  /** The browser follows the link by itself. */
  goesOn: boolean
  theme: Theme
}

/** A page that needs nothing of the app: what happened, what to do, and one link. */
export const plainPage = ({ locale, title, text, link, goesOn, theme }: PlainPage): string => `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="${colorSchemes[theme]}">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
${goesOn ? `<meta http-equiv="refresh" content="0;url=${escapeHtml(link.href)}">` : ''}
<title>${escapeHtml(title)} · Porte-clés</title>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(text)}</p>
<p><a href="${escapeHtml(link.href)}">${escapeHtml(link.label)}</a></p>
</main>
</body>
</html>
`
