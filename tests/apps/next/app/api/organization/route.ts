import { getCurrentUser } from '@/lib/auth-utils'

export async function GET() {
  // This will automatically use session claims if available, or fall back to database
  const user = await getCurrentUser()
  return Response.json(user)
}
