import { mailer } from '#lib/adapters/mail.ts'
import type { Env } from '../env.ts'

/** The mail server that the settings name, asked without a database. */
export const mailServer = ({ mail }: Pick<Env, 'mail'>) => mailer(mail)
