// Roles and permissions, in version 1 and version 2 of Clerk's session tokens.

import { allowed, clerk, cookie, forbidden, one, open, page, RULE } from '../frame.mjs'
import { mint, session } from '../mint.mjs'

const visit = (name, path, claims, expect) =>
  one(name, clerk(), page(path, cookie(mint(session(claims)))), expect)

const v1 = (claims) => ({ v: undefined, org_id: 'org_1', org_slug: 'acme', ...claims })
const v2 = (o, claims = {}) => ({ o: { id: 'org_1', slg: 'acme', ...o }, ...claims })

const ADMIN = { orgId: 'org_1', orgSlug: 'acme', orgRole: 'org:admin' }
const roleMissing = forbidden(RULE.admin, 'role-missing')
const permissionMissing = forbidden(RULE.invoices, 'permission-missing')

export const organizations = [
  visit('version 1: the role', '/admin', v1({ org_role: 'org:admin' }), allowed(RULE.admin, ADMIN)),
  visit('version 1: another role', '/admin', v1({ org_role: 'org:member' }), roleMissing),
  visit(
    'version 1: a role without an organization',
    '/admin',
    { v: undefined, org_role: 'org:admin' },
    roleMissing,
  ),
  visit(
    'version 1: the permission',
    '/invoices/7',
    v1({ org_role: 'org:member', org_permissions: ['org:invoices:write', 'org:invoices:read'] }),
    allowed(RULE.invoices, { orgPermissions: ['org:invoices:write', 'org:invoices:read'] }),
  ),
  visit(
    'version 1: another permission',
    '/invoices/7',
    v1({ org_role: 'org:admin', org_permissions: ['org:invoices:write'] }),
    permissionMissing,
  ),
  visit('version 2: the role', '/admin', v2({ rol: 'admin' }), allowed(RULE.admin, ADMIN)),
  visit('version 2: another role', '/admin/users', v2({ rol: 'member' }), roleMissing),
  visit('version 2: no organization', '/admin', {}, roleMissing),
  visit(
    'version 2: claims of version 1 give nothing',
    '/admin',
    { org_id: 'org_1', org_role: 'org:admin' },
    forbidden(RULE.admin, 'role-missing', { orgId: null, orgRole: null }),
  ),
  visit(
    'version 2: a custom claim called role is no role',
    '/admin',
    { role: 'admin', org_role: 'org:admin' },
    roleMissing,
  ),
  visit(
    'version 2: permissions from the bit masks',
    '/dashboard',
    v2({ rol: 'member', per: 'manage,read', fpm: '3,2' }, { fea: 'o:dashboard,o:teams' }),
    allowed(RULE.dashboard, {
      orgPermissions: ['org:dashboard:manage', 'org:dashboard:read', 'org:teams:read'],
    }),
  ),
  visit(
    'version 2: the permission',
    '/invoices',
    v2({ rol: 'member', per: 'read', fpm: '1' }, { fea: 'o:invoices' }),
    allowed(RULE.invoices, { orgPermissions: ['org:invoices:read'] }),
  ),
  visit(
    "version 2: a user's feature takes no place among the masks",
    '/invoices',
    v2({ rol: 'member', per: 'read,write', fpm: '0,1' }, { fea: 'u:themes,o:teams,o:invoices' }),
    allowed(RULE.invoices, { orgPermissions: ['org:invoices:read'] }),
  ),
  visit(
    'version 2: a feature of the user is not one of the organization',
    '/invoices',
    v2({ rol: 'member', per: 'read', fpm: '1' }, { fea: 'u:invoices' }),
    permissionMissing,
  ),
  visit(
    'version 2: a mask that is no number gives nothing',
    '/invoices',
    v2({ rol: 'member', per: 'read', fpm: '0x1' }, { fea: 'o:invoices' }),
    permissionMissing,
  ),
  visit(
    'version 2: a mask of more than 53 bits',
    '/invoices',
    v2(
      {
        rol: 'member',
        per: [...Array.from({ length: 53 }, (_, bit) => `p${bit}`), 'read'].join(','),
        fpm: '9007199254740993',
      },
      { fea: 'o:invoices' },
    ),
    allowed(RULE.invoices, { orgPermissions: ['org:invoices:p0', 'org:invoices:read'] }),
  ),
  one(
    'a rule may leave out the prefix, and ask for both',
    clerk(),
    page(
      '/reports',
      cookie(mint(session(v2({ rol: 'admin', per: 'read', fpm: '1' }, { fea: 'o:reports' })))),
    ),
    allowed(0, ADMIN),
    { routes: [{ path: '/reports', access: { role: 'admin', permission: 'reports:read' } }] },
  ),
  one(
    'a rule that asks for both needs both',
    clerk(),
    page(
      '/reports',
      cookie(mint(session(v2({ rol: 'admin', per: 'write', fpm: '1' }, { fea: 'o:reports' })))),
    ),
    forbidden(0, 'permission-missing', ADMIN),
    { routes: [{ path: '/reports', access: { role: 'admin', permission: 'reports:read' } }] },
  ),
  one(
    'roles have a case',
    clerk(),
    page('/x', cookie(mint(session(v2({ rol: 'Admin' }))))),
    forbidden(0, 'role-missing'),
    { routes: [{ path: '/x', access: { role: 'org:admin' } }] },
  ),
  visit(
    'a member on a public page',
    '/',
    v2({ rol: 'member' }),
    allowed(RULE.home, { orgRole: 'org:member' }),
  ),
  one('nobody on a public page has no organization', clerk(), page('/about'), {
    ...open(RULE.open, 'session-token-and-uat-missing'),
    auth: {
      orgId: null,
      orgRole: null,
      orgPermissions: null,
      actor: null,
      factorVerificationAge: null,
    },
  }),
]
