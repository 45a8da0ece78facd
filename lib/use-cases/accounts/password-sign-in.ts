import { Failure } from '#lib/domain/failure.ts'
import type { Deps } from '#lib/ports/deps.ts'

/**
 * Whether passwords open sessions. `PASSWORD_SIGN_IN=off` begins once somebody of support has signed in through the
 * company: until then a mistake there would lock everybody out.
 */
export const passwordSignIn = ({ store, signInPolicy }: Pick<Deps, 'store' | 'signInPolicy'>) => {
  const isOff = async (): Promise<boolean> =>
    signInPolicy.passwordSignIn === 'off' && (await store.accounts.hasCompanySupport())
  return {
    isOff,
    /** @throws Failure `password_sign_in_off` */
    refuseWhenOff: async (): Promise<void> => {
      if (await isOff()) throw new Failure('password_sign_in_off')
    },
  }
}

export type PasswordSignIn = ReturnType<typeof passwordSignIn>
