//! Who the visitor is: the same shape for every provider.

mod entitlement;
mod has;
mod machine;
mod requirement;

pub use machine::{Machine, TokenType};
pub use requirement::{FactorLevel, Requirement, Reverification};

use alloc::string::String;
use alloc::vec::Vec;

use crate::claims::Claims;
use crate::json::Json;
#[cfg(feature = "wasm")]
use crate::json::writer::ArrayWriter;
use crate::json::writer::{ObjectWriter, array, integer, string};

/// The identity behind a request, as Clerk's Auth object gives it.
///
/// A visitor who is not signed in has none of the values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Auth {
    /// Every claim of the verified token, custom ones included.
    pub session_claims: Option<Claims>,
    /// The `sub` claim.
    pub user_id: Option<String>,
    /// The `sid` claim.
    pub session_id: Option<String>,
    /// The `sts` claim: `active` or `pending`.
    pub session_status: Option<String>,
    /// The `act` claim: who acts as this user (RFC 8693 section 4.1).
    pub actor: Option<Json>,
    /// The active organisation.
    pub org_id: Option<String>,
    /// The role in the active organisation, as in `org:admin`.
    pub org_role: Option<String>,
    /// The slug of the active organisation.
    pub org_slug: Option<String>,
    /// The permissions in the active organisation, as in `org:invoices:read`.
    pub org_permissions: Option<Vec<String>>,
    /// Minutes since the first and the second factor were verified, when the token was made;
    /// -1 for a factor that never was.
    pub factor_verification_age: Option<[i64; 2]>,
    /// SuperTokens: the login method's own user, where several are linked to one.
    pub recipe_user_id: Option<String>,
    /// SuperTokens: the tenant of the session.
    pub tenant_id: Option<String>,
    /// SuperTokens: the roles that the session names (`st-role`).
    pub roles: Option<Vec<String>>,
    /// SuperTokens: the permissions that the session names (`st-perm`).
    pub permissions: Option<Vec<String>>,
    /// Not a user but a machine or an OAuth client; all else is then empty.
    pub machine: Option<Machine>,
}

impl Auth {
    /// Whether a session was verified.
    #[must_use]
    pub const fn is_authenticated(&self) -> bool {
        self.session_claims.is_some() || self.machine.is_some()
    }

    /// About how many bytes it takes up beside the claims.
    pub(crate) fn size(&self) -> usize {
        let session = [&self.session_id, &self.session_status, &self.user_id, &self.recipe_user_id];
        let group = [&self.org_id, &self.org_role, &self.org_slug, &self.tenant_id];
        let texts = session.into_iter().chain(group).flatten().map(String::len);
        let lists = [&self.org_permissions, &self.roles, &self.permissions];
        let listed =
            lists.into_iter().flatten().flatten().map(|one| size_of::<String>() + one.len());
        let actor = self.actor.as_ref().map_or(0, Json::size);
        size_of::<Self>() + texts.chain(listed).sum::<usize>() + actor
    }

    /// The object that JavaScript sees, as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        if let Some(machine) = &self.machine {
            return machine.to_json();
        }
        let claims = self.session_claims.as_ref().map_or("null", Claims::json);
        let strings = |list: &Vec<String>| array(list.iter().map(|one| string(one)));
        let permissions = self.org_permissions.as_ref().map(strings);
        let ages = self.factor_verification_age.map(|ages| array(ages.map(integer)));
        let writer = ObjectWriter::with_capacity(claims.len() + 512)
            .bool("isAuthenticated", self.is_authenticated())
            .maybe_string("userId", self.user_id.as_deref())
            .maybe_string("sessionId", self.session_id.as_deref())
            .raw("sessionClaims", claims)
            .maybe_string("sessionStatus", self.session_status.as_deref())
            .maybe_json("actor", self.actor.as_ref())
            .maybe_string("orgId", self.org_id.as_deref())
            .maybe_string("orgRole", self.org_role.as_deref())
            .maybe_string("orgSlug", self.org_slug.as_deref())
            .raw("orgPermissions", permissions.as_deref().unwrap_or("null"))
            .raw("factorVerificationAge", ages.as_deref().unwrap_or("null"));
        let Some(tenant) = &self.tenant_id else { return writer.finish() };
        writer
            .string("tenantId", tenant)
            .maybe_string("recipeUserId", self.recipe_user_id.as_deref())
            .raw("roles", self.roles.as_ref().map(strings).as_deref().unwrap_or("null"))
            .raw("permissions", self.permissions.as_ref().map(strings).as_deref().unwrap_or("null"))
            .finish()
    }

    /// The values of a signed-in user but for the claims, in the order of [`to_json`](Self::to_json).
    #[cfg(feature = "wasm")]
    pub(crate) fn push_user_values(&self, values: &mut ArrayWriter) {
        values.maybe_string(self.user_id.as_deref());
        values.maybe_string(self.session_id.as_deref());
        values.maybe_string(self.session_status.as_deref());
        match &self.actor {
            Some(actor) => values.raw(&crate::json::writer::to_text(actor)),
            None => values.raw("null"),
        }
        values.maybe_string(self.org_id.as_deref());
        values.maybe_string(self.org_role.as_deref());
        values.maybe_string(self.org_slug.as_deref());
        values.maybe_strings(self.org_permissions.as_deref());
        match self.factor_verification_age {
            Some(ages) => values.raw(&array(ages.map(integer))),
            None => values.raw("null"),
        }
        if self.tenant_id.is_some() {
            values.maybe_string(self.tenant_id.as_deref());
            values.maybe_string(self.recipe_user_id.as_deref());
            values.maybe_strings(self.roles.as_deref());
            values.maybe_strings(self.permissions.as_deref());
        }
    }
}
