export function GET({ cookies }) {
  return Response.json({ session: cookies.get('__session'), theme: cookies.get('theme') })
}
