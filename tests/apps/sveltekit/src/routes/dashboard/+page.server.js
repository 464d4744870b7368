export function load({ locals }) {
  const { fullName, primaryEmail } = locals.auth().sessionClaims
  return { fullName, primaryEmail }
}
