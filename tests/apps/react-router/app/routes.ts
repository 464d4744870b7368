import { index, type RouteConfig, route } from '@react-router/dev/routes'

export default [
  index('routes/home.tsx'),
  route('hello', 'routes/hello.tsx'),
  route('dashboard', 'routes/dashboard.tsx'),
  route('admin', 'routes/admin.tsx'),
  route('api/profile', 'routes/api.profile.ts'),
  route('api/echo', 'routes/api.echo.ts'),
  route('api/headers', 'routes/api.headers.ts'),
  route('api/organization', 'routes/api.organization.ts'),
  route('profile', 'routes/profile.tsx'),
] satisfies RouteConfig
