// What the cases about claims ask of a session, what holds all of it, and how it fails.

import { NOW, T } from '../../mint.mjs'
import { token } from '../../mint-supertokens.mjs'

export const verified = { claim: 'st-ev', validator: 'isVerified' }
export const admin = { claim: 'st-role', validator: 'includes', value: 'admin' }
export const reader = { claim: 'st-perm', validator: 'includesAll', value: ['read', 'list'] }
export const plan = {
  claim: 'plan',
  validator: 'hasValue',
  value: 'pro',
  maxAgeInSeconds: 60,
  id: 'is-pro',
}
export const factors = { claim: 'st-mfa', validator: 'hasCompletedMFARequirementsForAuth' }

export const held = (v, t = NOW - 1000) => ({ v, t })
export const EVERYTHING = {
  'st-ev': held(true),
  'st-role': held(['user', 'admin']),
  'st-perm': held(['list', 'read', 'write']),
  plan: held('pro'),
  'st-mfa': { c: { emailpassword: T - 20 }, v: true },
}
export const ALL = [verified, admin, reader, plan, factors]
export const holding = (changes) => token({ ...EVERYTHING, ...changes })

export const notVerified = (actualValue) => ({
  id: 'st-ev',
  reason: { message: 'wrong value', expectedValue: true, actualValue },
})
export const noAdmin = {
  id: 'st-role',
  reason: { message: 'wrong value', expectedToInclude: 'admin', actualValue: ['user'] },
}
export const noFactor = {
  id: 'st-mfa',
  reason: { message: 'MFA requirement for auth is not satisfied' },
}
export const oldPlan = {
  id: 'is-pro',
  reason: { message: 'expired', ageInSeconds: 60.001, maxAgeInSeconds: 60 },
}
export const missing = (id, rest) => ({ id, reason: { message: 'value does not exist', ...rest } })
