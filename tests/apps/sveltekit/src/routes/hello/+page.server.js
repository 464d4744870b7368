export function load({ locals }) {
  const { sessionClaims } = locals.auth()
  return { name: sessionClaims?.fullName ?? 'stranger' }
}
