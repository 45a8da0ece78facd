import { html } from 'hono/html'
import type { AuthorizationFault } from '../teamleader/oauth/authorization-request.ts'

export type Markup = ReturnType<typeof html>

/** The frame of every pretend page; its small print says that it is one. */
export const page = (title: string, content: Markup): Markup => html`<!doctype html>
<html lang="fr">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title} · Bac à sable</title>
    <link rel="stylesheet" href="/style.css">
  </head>
  <body>
    <main class="card">
      ${content}
    </main>
    <footer>Bac à sable · page d’essai locale, sans lien avec le vrai Teamleader Focus</footer>
  </body>
</html>`

export const errorPage = ({ title, message, status }: AuthorizationFault): Markup =>
  page(
    title,
    html`<h1>${title}</h1>
      <p role="alert">${message}</p>
      <p class="quiet">Erreur ${status}. Fermez cette page et vérifiez l’intégration dans le Marketplace.</p>`,
  )

/** No script unless asked for, no foreign resource; `formAction` is left out where the form's answer redirects to the client. */
export async function showPage(
  markup: Markup,
  { status = 200, formAction, scripts = false }: { status?: number; formAction?: string; scripts?: boolean } = {},
): Promise<Response> {
  const policy = ["default-src 'none'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"]
  if (scripts) policy.push("script-src 'self'")
  if (formAction !== undefined) policy.push(`form-action ${formAction}`)
  return new Response(String(await markup), {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy.join('; '),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
