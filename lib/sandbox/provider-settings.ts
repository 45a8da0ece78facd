/** The app's settings in front of the sandbox at `url`: every provider on that one origin, under paths that do not meet. */
export const providerSettings = (url: string) => ({
  TEAMLEADER_OAUTH_URL: url,
  TEAMLEADER_API_URL: url,
  TEAMLEADER_V1_URL: `${url}/api`,
  TEO_AUTH_URL: url,
  TEO_API_URL: `${url}/api/production`,
})
