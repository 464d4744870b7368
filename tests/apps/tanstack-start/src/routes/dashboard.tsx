import { createFileRoute } from '@tanstack/react-router'
import { visitor } from '../visitor'

export const Route = createFileRoute('/dashboard')({
  loader: () => visitor(),
  component: Dashboard,
})

function Dashboard() {
  const { fullName, primaryEmail } = Route.useLoaderData()
  return <p>{`Welcome ${fullName}, ${primaryEmail}`}</p>
}
