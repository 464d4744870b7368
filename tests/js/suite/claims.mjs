// Every verdict of `tests/conformance/claim-validators.json`: the factories make the descriptions
// that the file holds, and these are judged as it says.

import { equal, throws } from './check.mjs'

export function claimChecks(api, cases) {
  const verdicts = cases.filter(({ expect }) => expect !== undefined).length
  return [
    ['there are claims to judge', () => equal(verdicts > 200, true, `${verdicts}`)],
    ...cases.flatMap((one) => (one.expect === undefined ? refusal(api, one) : verdict(api, one))),
  ]
}

function verdict(api, { name, now, calls, validators, payload, expect }) {
  const options = { clock: () => now }
  return [
    [
      `${name} [validators]`,
      () =>
        equal(
          calls.map((call) => made(api, call)),
          validators,
        ),
    ],
    [
      `${name} [verdict]`,
      // As texts, because programs compare them: the order of the members counts.
      () =>
        equal(
          JSON.stringify(api.validateClaims(validators, payload, options)),
          JSON.stringify(expect),
        ),
    ],
  ]
}

function refusal(api, { name, validators, payload, error }) {
  const refused = async () => {
    const validate = () => api.validateClaims(validators, payload)
    const { option } = await throws(validate, 'ConfigError', error.code)
    equal(option, error.option, 'option')
  }
  return [[name, refused]]
}

/** What a factory of the package gives for a call. */
function made(api, { claim: name, options, method, args }) {
  const claim = options === undefined ? api[name] : new api[name](options)
  return claim.validators[method](...args.map(valueOfArgument))
}

/** What JSON cannot say is `{ js }`. */
function valueOfArgument(argument) {
  const values = { undefined, Infinity: Number.POSITIVE_INFINITY }
  return argument?.js === undefined ? argument : values[argument.js]
}
