//! What the core keeps of a session.

use alloc::string::String;

use super::core_error::CoreError;
use super::replies::status;
use crate::json::Json;
use crate::json::stringify;
use crate::json::writer::ObjectWriter;
use crate::time::UnixMillis;

/// What the core keeps of a session.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionInformation {
    /// Names the session.
    pub handle: String,
    /// The user.
    pub user_id: String,
    /// The account by which the user signed in.
    pub recipe_user_id: String,
    /// The tenant.
    pub tenant_id: String,
    /// When the session was made.
    pub created: UnixMillis,
    /// When it ends unless it is refreshed.
    pub expires: UnixMillis,
    /// What is kept in the database alone.
    pub session_data_in_database: Json,
    /// The claims that the next access token will hold besides those of the session itself.
    pub custom_claims_in_access_token_payload: Json,
}

impl SessionInformation {
    /// `None` when there is no such session.
    pub(super) fn read(reply: &Json) -> Result<Option<Self>, CoreError> {
        if status(reply) != "OK" {
            return Ok(None);
        }
        let text = |name| {
            let value = reply.get(name).and_then(Json::as_str);
            value.map(String::from).ok_or(CoreError::Malformed)
        };
        let time = |name| {
            let value = reply.get(name).and_then(Json::as_integer);
            value.map(UnixMillis).ok_or(CoreError::Malformed)
        };
        let json = |name| reply.get(name).cloned().ok_or(CoreError::Malformed);
        Ok(Some(Self {
            handle: text("sessionHandle")?,
            user_id: text("userId")?,
            recipe_user_id: text("recipeUserId")?,
            tenant_id: text("tenantId")?,
            created: time("timeCreated")?,
            expires: time("expiry")?,
            session_data_in_database: json("userDataInDatabase")?,
            custom_claims_in_access_token_payload: json("userDataInJWT")?,
        }))
    }

    /// `{"sessionHandle","timeCreated","expiry","userId","recipeUserId","sessionDataInDatabase",
    /// "customClaimsInAccessTokenPayload","tenantId"}`
    #[must_use]
    pub fn to_json(&self) -> String {
        let number = |time: UnixMillis| alloc::format!("{}", time.0);
        ObjectWriter::new()
            .string("sessionHandle", &self.handle)
            .raw("timeCreated", &number(self.created))
            .raw("expiry", &number(self.expires))
            .string("userId", &self.user_id)
            .string("recipeUserId", &self.recipe_user_id)
            .raw("sessionDataInDatabase", &stringify(&self.session_data_in_database))
            .raw(
                "customClaimsInAccessTokenPayload",
                &stringify(&self.custom_claims_in_access_token_payload),
            )
            .string("tenantId", &self.tenant_id)
            .finish()
    }
}
