import 'server-only'
import type { getTranslations } from 'next-intl/server'
import { isFailureCode } from '#lib/domain/failure-codes.ts'
import type { JournalFact } from '#lib/domain/journal/journal-entry.ts'
import { outcomeOf } from '#lib/domain/journal/journal-outcome.ts'
import type { JournalLine, JournalUser } from '#lib/domain/journal/journal-view.ts'
import { messageKey } from '#lib/i18n/provider-messages.ts'

export interface FormattedFact {
  label: string
  value: string
  /** A name or a number of a machine, not a word. */
  verbatim: boolean
}

/** An entry of the journal in the reader's language. */
export interface FormattedEntry {
  id: string
  at: Date
  what: string
  /** Whose connection it was about. */
  provider: string | null
  failed: boolean
  /** « Fait », or why not. */
  outcome: string
  who: string
  ip: string | null
  /** Whom it happened to, where entries of several customers stand together. */
  tenant: { id: string; name: string } | null
  facts: FormattedFact[]
}

type Form =
  | 'person'
  | 'text'
  | 'number'
  | 'yes_no'
  | 'open'
  | 'minutes'
  | 'read'
  | 'show'
  | 'went'
  // a word for each value, under `journal.value`
  | 'role'
  | 'by'
  | 'factor'
  | 'answer'
  | 'as'
  | 'kind'
  | 'list'
  | 'decision'

/** How each fact is told; null: it helps support alone, in the diagnostic. */
const forms: Record<JournalFact, Form | null> = {
  userId: 'person',
  role: 'role',
  linkShown: 'yes_no',
  by: 'by',
  identityBound: 'yes_no',
  factor: 'factor',
  incident: null,
  tenant: 'text',
  enabled: 'yes_no',
  clientIdChanged: 'yes_no',
  secretChanged: 'yes_no',
  clientId: 'text',
  redirectUri: 'text',
  knownState: 'yes_no',
  candidateId: null,
  tokenSet: null,
  as: 'as',
  account: 'text',
  webhooksRemoved: 'yes_no',
  answer: 'answer',
  status: 'number',
  error: 'text',
  hint: 'text',
  requests: 'number',
  attempts: 'number',
  intent: 'open',
  generation: 'number',
  newer: 'number',
  lifetimeMs: 'minutes',
  companies: 'read',
  contacts: 'read',
  departments: 'read',
  dossiers: 'read',
  hello: 'read',
  provider: null,
  kind: 'kind',
  list: 'list',
  decision: 'decision',
  step: 'number',
  prefix: 'text',
  scopes: 'text',
  count: 'number',
  keyId: 'text',
  values: 'number',
  show: 'show',
  outcome: 'went',
  from: 'text',
  to: 'text',
  rows: 'number',
}

export const facts = Object.keys(forms)

const isFact = (name: string): name is JournalFact => Object.hasOwn(forms, name)

type Translator = Awaited<ReturnType<typeof getTranslations<never>>>

/**
 * Words entries with the words of one language, and still when the request is over, as while an export streams.
 *
 * @param namesSupport whether it is read by support, whose own people a customer is not told by name
 */
export const formatterOf = (t: Translator, namesSupport = false) => {
  /** Words of a name that an older version may have written: then the name itself. */
  const known = (key: string, name: string) => {
    const path = `journal.${key}.${name}` as Parameters<typeof t.has>[0]
    return t.has(path) ? t(path) : name
  }

  /** As the provider it is about is spoken of. */
  const cause = (outcome: string, { provider }: JournalLine) =>
    isFailureCode(outcome) ? t(messageKey(provider ?? 'teamleader', `failures.${outcome}.cause`)) : outcome

  const nameOf = (user: JournalUser) =>
    user.role === 'support' && !namesSupport ? t('journal.actor.support') : user.name

  const text = (form: Form, value: string | number | boolean, line: JournalLine): string => {
    const { about } = line
    switch (form) {
      case 'person':
        return about ? nameOf(about) : t('journal.actor.erased')
      case 'yes_no':
        return value ? t('journal.value.yes') : t('journal.value.no')
      case 'minutes':
        return t('journal.value.minutes', { minutes: Math.round(Number(value) / 60_000) })
      case 'read':
        return value === 'ok' ? t('test.answered') : cause(String(value), line)
      case 'open':
        return value === 'keep' ? t('journal.value.yes') : t('journal.value.no')
      case 'show':
        return value === 'essential' || value === 'everything'
          ? t(`journal.filter.${value}`)
          : known('kind', String(value))
      case 'went':
        return value === 'ok' ? t('journal.done') : t('journal.failed')
      case 'number':
      case 'text':
        return String(value)
      default:
        return known(`value.${form}`, String(value))
    }
  }

  const labelOf = (fact: JournalFact) => {
    switch (fact) {
      case 'companies':
      case 'contacts':
      case 'departments':
      case 'dossiers':
      case 'hello':
        return t(`test.${fact}`)
      default:
        return t(`journal.fact.${fact}`)
    }
  }

  const factsOf = (line: JournalLine): FormattedFact[] =>
    Object.entries(line.detail).flatMap(([name, value]) => {
      const form = isFact(name) ? forms[name] : null
      if (!form || !isFact(name) || value === null || value === undefined) return []
      const verbatim = form === 'text' || form === 'number'
      return [{ label: labelOf(name), value: text(form, value, line), verbatim }]
    })

  const format = (line: JournalLine): FormattedEntry => {
    const outcome = outcomeOf(line)
    return {
      id: line.id,
      at: line.at,
      what: known('event', line.event),
      provider: line.provider && t(`journal.value.provider.${line.provider}`),
      failed: outcome !== 'ok',
      outcome: outcome === 'ok' ? t('journal.done') : cause(outcome, line),
      who: line.actor.user
        ? nameOf(line.actor.user)
        : t(`journal.actor.${line.actor.kind === 'user' ? 'erased' : line.actor.kind}`),
      ip: line.ip,
      tenant: line.tenant,
      facts: factsOf(line),
    }
  }

  return { format }
}
