import { Await, createFileRoute } from '@tanstack/react-router'
import { createServerFn } from '@tanstack/react-start'
import { getRequest } from '@tanstack/react-start/server'
import { getAuth } from 'sessiongate/tanstack-start'

const name = createServerFn().handler(async () => {
  const request = getRequest()
  await new Promise((resolve) => setTimeout(resolve, 100))
  return getAuth<{ fullName?: string }>(request).sessionClaims?.fullName ?? 'stranger'
})

// The beginning of the page does not wait for the name.
export const Route = createFileRoute('/sign-in/later')({
  loader: () => ({ later: name() }),
  component: Later,
})

function Later() {
  const { later } = Route.useLoaderData()
  return (
    <Await promise={later} fallback={<p>Later</p>}>
      {(name) => <p>{`Hello ${name}`}</p>}
    </Await>
  )
}
