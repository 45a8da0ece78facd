import { z } from '@hono/zod-openapi'

export const tokenRequestOf = z
  .strictObject({
    min_ttl: z
      .int()
      .min(0)
      .max(86_400)
      .optional()
      .openapi({ description: 'Seconds the token should still live; at most half of its lifetime is promised.' }),
    rejected_token_version: z.int().min(0).optional().openapi({
      description:
        'The `token_version` of a token that the provider refused. All reports together cause one refresh in ten minutes; after that one test read decides what is wrong.',
    }),
  })
  .openapi('TokenWish')

export const tokenAnswer = z
  .strictObject({
    access_token: z.string(),
    expires_at: z.iso.datetime(),
    account: z
      .strictObject({ id: z.string(), name: z.string(), email: z.string() })
      .nullable()
      .openapi({ description: 'Whose account it is; null when the provider did not say.' }),
    token_version: z.int().openapi({ description: 'Counts the refreshes: what `rejected_token_version` names.' }),
    api_version: z.string().openapi({ description: 'Of the provider’s API: `V2` for Teamleader.' }),
  })
  .openapi('Token')

export type TokenAnswer = z.infer<typeof tokenAnswer>

export const status = z.strictObject({ status: z.literal('ok') }).openapi('Status')

export const problem = z
  .object({
    status: z.int(),
    code: z.string().openapi({ description: 'What to tell apart; the words are yours.' }),
    reason: z.string().optional().openapi({
      description: 'Why, where the connection knows: `revoked`, `lost_response`, `invalid_client`, `restored` …',
    }),
  })
  .openapi('Problem')
