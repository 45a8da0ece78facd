import { z } from '@hono/zod-openapi'
import { type ProblemCode, problemTypes } from '#lib/composition/http/problem-codes.ts'

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
  .openapi('TokenRequest')

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

const codes = Object.keys(problemTypes) as [ProblemCode, ...ProblemCode[]]

export const problem = z
  .strictObject({
    type: z.string().openapi({ description: 'Where the code is explained.', format: 'uri-reference' }),
    title: z.string().openapi({ description: 'The code in English, the same each time.' }),
    status: z.int(),
    code: z.enum(codes).openapi({ description: 'What to tell apart: a code never changes its meaning.' }),
    reason: z.string().optional().openapi({
      description: 'Why, where the connection knows: `revoked`, `lost_response`, `invalid_client`, `restored` …',
    }),
  })
  .openapi('Problem')
