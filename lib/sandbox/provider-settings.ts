/** The app's settings in front of the sandbox at `url`: every provider on that one origin, under paths that do not meet. */
export const providerSettings = (url: string) => ({
  TEAMLEADER_OAUTH_URL: url,
  TEAMLEADER_API_URL: url,
  TEAMLEADER_V1_URL: `${url}/api`,
  TEO_AUTH_URL: url,
  TEO_API_URL: `${url}/api/production`,
})

/** The app's settings to send its mails to « Courrier ». */
export const mailSettings = (port: number) => ({
  SMTP_URL: `smtp://127.0.0.1:${port}`,
  MAIL_FROM: 'Porte-clés <porte-cles@pro-plus.example>',
})
