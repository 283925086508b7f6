/** Made from the OpenAPI document by `npm run client:types`; not edited. */
export interface paths {
	"/api/v1/auth/setup-token": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Check the one-time token of a new installation before asking for anything else
		 * @description Needs no credentials.
		 */
		post: operations["authSetupToken"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/auth/register": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Register an organization with its first user
		 * @description Needs no credentials.
		 */
		post: operations["authRegister"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/auth/login": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Sign in with e-mail and password
		 * @description Needs no credentials.
		 */
		post: operations["authLogin"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/auth/refresh": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Exchange a refresh token for new tokens
		 * @description Needs no credentials.
		 */
		post: operations["authRefresh"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/auth/logout": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Sign out; the login's tokens are revoked immediately
		 * @description Any valid credentials suffice.
		 */
		post: operations["authLogout"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/auth/me": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get the owner and the permissions of these credentials
		 * @description Any valid credentials suffice.
		 */
		get: operations["authMe"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/auth/password": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Change your own password; all your other logins are signed out
		 * @description Any valid credentials suffice.
		 */
		post: operations["authPassword"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/auth/logins": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List your logins
		 * @description Any valid credentials suffice.
		 */
		get: operations["authLoginsList"];
		put?: never;
		post?: never;
		/**
		 * Sign out all your other logins
		 * @description Any valid credentials suffice.
		 */
		delete: operations["authLoginsRevokeOthers"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/auth/logins/{id}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		post?: never;
		/**
		 * Sign out one of your logins
		 * @description Any valid credentials suffice.
		 */
		delete: operations["authLoginsRevoke"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/users": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List users
		 * @description Requires the permission `user:read`. Not for API keys that are limited to sessions.
		 */
		get: operations["authUsersList"];
		put?: never;
		/**
		 * Create a user
		 * @description Requires the permission `user:write`. Not for API keys that are limited to sessions.
		 */
		post: operations["authUsersCreate"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/users/{id}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get a user
		 * @description Requires the permission `user:read`. Not for API keys that are limited to sessions.
		 */
		get: operations["authUsersGet"];
		put?: never;
		post?: never;
		/**
		 * Delete a user, except the last owner
		 * @description Requires the permission `user:write`. Not for API keys that are limited to sessions.
		 */
		delete: operations["authUsersRemove"];
		options?: never;
		head?: never;
		/**
		 * Change a user's name, role or password, or disable the user
		 * @description Requires the permission `user:write`. Not for API keys that are limited to sessions.
		 */
		patch: operations["authUsersUpdate"];
		trace?: never;
	};
	"/api/v1/api-keys": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List API keys
		 * @description Requires the permission `api-key:read`. Not for API keys that are limited to sessions.
		 */
		get: operations["authKeysList"];
		put?: never;
		/**
		 * Create an API key; the key itself is returned only in this response
		 * @description Requires the permission `api-key:write`.
		 */
		post: operations["authKeysCreate"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/api-keys/{id}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		post?: never;
		/**
		 * Revoke an API key, and the keys that it has made, with immediate effect
		 * @description Requires the permission `api-key:write`. Not for API keys that are limited to sessions.
		 */
		delete: operations["authKeysRevoke"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/audit": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the audit trail, newest first
		 * @description Requires the permission `audit:read`. Not for API keys that are limited to sessions.
		 */
		get: operations["authAudit"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/tenant": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get the caller's tenant
		 * @description Requires the permission `tenant:read`. Not for API keys that are limited to sessions.
		 */
		get: operations["tenantGet"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		/**
		 * Change the tenant's name or settings; absent settings are kept
		 * @description Requires the permission `tenant:write`. Not for API keys that are limited to sessions.
		 */
		patch: operations["tenantUpdate"];
		trace?: never;
	};
	"/api/v1/tenant/usage": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get the tenant's current usage and its limits
		 * @description Requires the permission `tenant:read`. Not for API keys that are limited to sessions.
		 */
		get: operations["tenantUsage"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/tenants": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List all tenants
		 * @description Requires the permission `platform:admin`. Not for API keys that are limited to sessions.
		 */
		get: operations["tenantAllList"];
		put?: never;
		/**
		 * Create a tenant with its first owner
		 * @description Requires the permission `platform:admin`. Not for API keys that are limited to sessions.
		 */
		post: operations["tenantAllCreate"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/tenants/{id}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get a tenant
		 * @description Requires the permission `platform:admin`. Not for API keys that are limited to sessions.
		 */
		get: operations["tenantAllGet"];
		put?: never;
		post?: never;
		/**
		 * Delete a suspended tenant with everything that belongs to it
		 * @description Requires the permission `platform:admin`. Not for API keys that are limited to sessions.
		 */
		delete: operations["tenantAllRemove"];
		options?: never;
		head?: never;
		/**
		 * Change a tenant's name, plan or quotas, or suspend it
		 * @description Requires the permission `platform:admin`. Not for API keys that are limited to sessions.
		 */
		patch: operations["tenantAllUpdate"];
		trace?: never;
	};
	"/api/v1/sessions": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List sessions
		 * @description Requires the permission `session:read`.
		 */
		get: operations["sessionList"];
		put?: never;
		/**
		 * Create a session
		 * @description Requires the permission `session:write`. Not for API keys that are limited to sessions.
		 */
		post: operations["sessionCreate"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get a session
		 * @description Requires the permission `session:read`.
		 */
		get: operations["sessionGet"];
		put?: never;
		post?: never;
		/**
		 * Stop, unlink and delete a session with all its data
		 * @description Requires the permission `session:write`.
		 */
		delete: operations["sessionRemove"];
		options?: never;
		head?: never;
		/**
		 * Change a session
		 * @description Requires the permission `session:write`.
		 */
		patch: operations["sessionUpdate"];
		trace?: never;
	};
	"/api/v1/sessions/{session}/start": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Start a session asynchronously
		 * @description Requires the permission `session:write`.
		 */
		post: operations["sessionStart"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/stop": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Stop a session asynchronously; it stays linked to the account
		 * @description Requires the permission `session:write`.
		 */
		post: operations["sessionStop"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/restart": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Restart a session asynchronously
		 * @description Requires the permission `session:write`.
		 */
		post: operations["sessionRestart"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/logout": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Unlink the session from the account; if that fails, the session stops with reason `logout_failed` and stays linked
		 * @description Requires the permission `session:pair`.
		 */
		post: operations["sessionLogout"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/queue/resume": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Resume a queue that is paused since the session was linked to another account
		 * @description Requires the permission `message:send`.
		 */
		post: operations["sessionResumeQueue"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/qr": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get the text of the QR code to scan
		 * @description A code is valid for some seconds, until the next one replaces it: get it again when `expiresAt` has passed. `no_qr` means that there is none yet; `already_linked` that none is needed. Requires the permission `session:pair`.
		 */
		get: operations["sessionQr"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/qr.png": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get the QR code to scan as a PNG image
		 * @description A code is valid for some seconds, until the next one replaces it: get it again when `expiresAt` has passed. `no_qr` means that there is none yet; `already_linked` that none is needed. Requires the permission `session:pair`.
		 */
		get: operations["sessionQrPng"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/qr.svg": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get the QR code to scan as an SVG image
		 * @description A code is valid for some seconds, until the next one replaces it: get it again when `expiresAt` has passed. `no_qr` means that there is none yet; `already_linked` that none is needed. Requires the permission `session:pair`.
		 */
		get: operations["sessionQrSvg"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/pairing-code": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Request a code to enter on the phone instead of scanning
		 * @description Requires the permission `session:pair`.
		 */
		post: operations["sessionPairingCode"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/screenshot": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Take a screenshot of the session's page; once it is linked, this requires message:read too
		 * @description Requires the permission `session:pair`.
		 */
		get: operations["sessionScreenshot"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/events": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the session's events, oldest first
		 * @description `nextCursor` is set on the last page too: poll with it. After `cursor_expired`, read the state and start without. Requires the permission `event:read`.
		 */
		get: operations["eventListOfSession"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/events": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the tenant's events after a cursor, oldest first; events are kept for 7 days
		 * @description `nextCursor` is set on the last page too: poll with it. After `cursor_expired`, read the state and start without. Requires the permission `event:read`.
		 */
		get: operations["eventList"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/events/stream": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Stream the tenant's events as they happen (Server-Sent Events)
		 * @description Each event has its type as `event`, its cursor as `id` and its envelope as `data`. `Last-Event-ID` or `after` brings what was missed, in order, before what is live. `ready` is the first event, `resync` says that too much was missed, and `close` why the server ends the stream. The same events come over a WebSocket at `/api/v1/stream`, and over Socket.io. All are described in docs/streams.md. Requires the permission `event:read`.
		 */
		get: operations["eventStream"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/messages": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the messages of a session, newest first
		 * @description Requires the permission `message:read`.
		 */
		get: operations["messageListOfSession"];
		put?: never;
		/**
		 * Queue a message; 202 means that it is stored, and will be sent or end in a status that reports why not
		 * @description Follow it with the events message.sent, message.delivered and message.failed, or with GET /messages/{id}. It may be sent before the session is connected, and then waits in the queue. Media are given by URL, as base64, or as the uploadId of POST /uploads. Requires the permission `message:send`.
		 */
		post: operations["messageSend"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/messages/bulk": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Accept a message for many recipients, all or none; follow it with GET /messages?batch=
		 * @description Requires the permission `message:send`.
		 */
		post: operations["messageBulk"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/messages": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the messages of all sessions, newest first
		 * @description Requires the permission `message:read`.
		 */
		get: operations["messageList"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/messages/{id}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get a message
		 * @description Requires the permission `message:read`.
		 */
		get: operations["messageGet"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		/**
		 * Edit a sent text or caption; returns the edit, which is queued like a message
		 * @description Requires the permission `message:send`.
		 */
		patch: operations["messageEdit"];
		trace?: never;
	};
	"/api/v1/messages/{id}/timeline": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the changes of a message's status, oldest first
		 * @description Requires the permission `message:read`.
		 */
		get: operations["messageTimeline"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/messages/{id}/media": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Download a message's media
		 * @description Requires the permission `message:read`.
		 */
		get: operations["messageMedia"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/messages/{id}/poll": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get the votes of a poll: the tally, and who chose what; a message of another type is not found
		 * @description Requires the permission `message:read`.
		 */
		get: operations["messagePoll"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/messages/{id}/cancel": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Cancel a message that has not been passed to WhatsApp yet
		 * @description Requires the permission `message:send`.
		 */
		post: operations["messageCancel"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/messages/{id}/retry": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Send a failed, expired or cancelled message again, as a new message
		 * @description Requires the permission `message:send`.
		 */
		post: operations["messageRetry"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/messages/{id}/revoke": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Delete a message for everyone; returns the revocation, which is queued like a message
		 * @description One that the account sent; in a group whose admin it is, those of others too. Requires the permission `message:send`.
		 */
		post: operations["messageRevoke"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/messages/{id}/forward": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Forward a message to another chat; returns the new message
		 * @description Requires the permission `message:send`.
		 */
		post: operations["messageForward"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/messages/{id}/star": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Star or unstar a message on the account
		 * @description Requires the permission `message:send`.
		 */
		post: operations["messageStar"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/uploads": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Upload one file as multipart/form-data; its uploadId can be used in messages for a day
		 * @description The field is called `file`; the name and type of its part are those of the file. Requires the permission `message:send`.
		 */
		post: operations["messageUpload"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/messages/{id}/pin": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Pin a message for everyone in its chat
		 * @description Requires the permission `message:send`.
		 */
		post: operations["messagePin"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/messages/{id}/unpin": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Take a pinned message down
		 * @description Requires the permission `message:send`.
		 */
		post: operations["messageUnpin"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/messages/{id}/keep": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Keep a message that would disappear, or no longer
		 * @description Requires the permission `message:send`.
		 */
		post: operations["messageKeep"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/messages/{id}/order": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get what was ordered from the catalog; a message without an `orderId` is not found
		 * @description Requires the permission `message:read`.
		 */
		get: operations["messageOrder"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/profile": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get the account's profile
		 * @description Requires the permission `profile:read`.
		 */
		get: operations["profileGet"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		/**
		 * Change the account's name or about text
		 * @description Requires the permission `profile:write`.
		 */
		patch: operations["profileUpdate"];
		trace?: never;
	};
	"/api/v1/sessions/{session}/profile/picture": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		/**
		 * Set the account's picture
		 * @description Requires the permission `profile:write`.
		 */
		put: operations["profileSetPicture"];
		post?: never;
		/**
		 * Remove the account's picture
		 * @description Requires the permission `profile:write`.
		 */
		delete: operations["profileRemovePicture"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/profile/business": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get the account's business profile
		 * @description Requires the permission `profile:read`.
		 */
		get: operations["profileGetBusiness"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		/**
		 * Change the account's business profile
		 * @description Requires the permission `profile:write`.
		 */
		patch: operations["profileUpdateBusiness"];
		trace?: never;
	};
	"/api/v1/sessions/{session}/privacy": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get the account's privacy settings
		 * @description Requires the permission `profile:read`.
		 */
		get: operations["profilePrivacy"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		/**
		 * Change privacy settings of the account
		 * @description They are changed one after the other: after a failure those before it have been changed. Requires the permission `profile:write`.
		 */
		patch: operations["profileUpdatePrivacy"];
		trace?: never;
	};
	"/api/v1/sessions/{session}/devices": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the devices of the account that this one knows
		 * @description Requires the permission `profile:read`.
		 */
		get: operations["profileDevices"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/calls/{callId}/reject": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Reject a call that rings
		 * @description The setting `rejectCalls` of a session rejects every call, and can answer with a message. Requires the permission `call:write`.
		 */
		post: operations["callReject"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/chats": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the account's chats, latest first
		 * @description Requires the permission `chat:read`.
		 */
		get: operations["contactChats"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/chats/{chatId}/messages": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the stored messages of a chat, newest first
		 * @description Requires the permission `message:read`.
		 */
		get: operations["messageListOfChat"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/chats/{chatId}/unread": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Mark a chat as unread
		 * @description Requires the permission `chat:write`.
		 */
		post: operations["contactUnreadChat"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/chats/{chatId}/archive": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Archive a chat
		 * @description Requires the permission `chat:write`.
		 */
		post: operations["contactArchiveChat"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/chats/{chatId}/unarchive": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Unarchive a chat
		 * @description Requires the permission `chat:write`.
		 */
		post: operations["contactUnarchiveChat"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/chats/{chatId}/pin": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Pin a chat
		 * @description Requires the permission `chat:write`.
		 */
		post: operations["contactPinChat"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/chats/{chatId}/unpin": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Unpin a chat
		 * @description Requires the permission `chat:write`.
		 */
		post: operations["contactUnpinChat"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/chats/{chatId}/mute": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Mute a chat
		 * @description Requires the permission `chat:write`.
		 */
		post: operations["contactMuteChat"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/chats/{chatId}/unmute": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Unmute a chat
		 * @description Requires the permission `chat:write`.
		 */
		post: operations["contactUnmuteChat"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/chats/{chatId}/clear": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Delete all messages of a chat on the account's devices
		 * @description Requires the permission `chat:write`.
		 */
		post: operations["contactClearChat"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/chats/{chatId}/disappearing": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		/**
		 * Set after how long messages of a chat disappear
		 * @description Requires the permission `chat:write`.
		 */
		put: operations["contactSetDisappearing"];
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/chats/{chatId}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		post?: never;
		/**
		 * Delete a chat on the account's devices
		 * @description Requires the permission `chat:write`.
		 */
		delete: operations["contactDeleteChat"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/contacts": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the account's contacts
		 * @description Requires the permission `contact:read`.
		 */
		get: operations["contactList"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/contacts/{id}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get a contact
		 * @description Requires the permission `contact:read`.
		 */
		get: operations["contactGet"];
		/**
		 * Save a contact in the account's address book, or rename it
		 * @description Requires the permission `contact:write`.
		 */
		put: operations["contactSave"];
		post?: never;
		/**
		 * Remove a contact from the account's address book
		 * @description Requires the permission `contact:write`.
		 */
		delete: operations["contactRemove"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/contacts/{id}/groups": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the ids of the groups in common with a contact
		 * @description Requires the permission `contact:read`.
		 */
		get: operations["contactCommonGroups"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/contacts/{id}/business": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get the business profile of a contact; 404 when it is not a business
		 * @description Requires the permission `contact:read`.
		 */
		get: operations["contactBusiness"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/contacts/check": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Check whether numbers are on WhatsApp; a result for each, also for those that cannot be read
		 * @description Requires the permission `contact:read`.
		 */
		post: operations["contactCheck"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/contacts/{id}/block": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Block a contact
		 * @description Requires the permission `contact:write`.
		 */
		post: operations["contactBlock"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/contacts/{id}/unblock": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Unblock a contact
		 * @description Requires the permission `contact:write`.
		 */
		post: operations["contactUnblock"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/contacts/{id}/picture": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get the URL of a contact's picture
		 * @description Requires the permission `contact:read`.
		 */
		get: operations["contactPicture"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/contacts/{id}/about": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get a contact's about text
		 * @description Requires the permission `contact:read`.
		 */
		get: operations["contactAbout"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/blocklist": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List blocked contacts
		 * @description Requires the permission `contact:read`.
		 */
		get: operations["contactBlocklist"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/groups": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the account's groups
		 * @description Requires the permission `group:read`.
		 */
		get: operations["groupList"];
		put?: never;
		/**
		 * Create a group
		 * @description Requires the permission `group:write`.
		 */
		post: operations["groupCreate"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/groups/{id}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get a group
		 * @description Requires the permission `group:read`.
		 */
		get: operations["groupGet"];
		put?: never;
		post?: never;
		/**
		 * Leave a group
		 * @description Requires the permission `group:write`.
		 */
		delete: operations["groupLeave"];
		options?: never;
		head?: never;
		/**
		 * Change a group's name, description and settings
		 * @description Requires the permission `group:write`.
		 */
		patch: operations["groupUpdate"];
		trace?: never;
	};
	"/api/v1/sessions/{session}/groups/{id}/participants": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Add participants; returns a result for each
		 * @description Requires the permission `group:write`.
		 */
		post: operations["groupAddParticipants"];
		/**
		 * Remove participants; returns a result for each
		 * @description Requires the permission `group:write`.
		 */
		delete: operations["groupRemoveParticipants"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/groups/{id}/admins": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Make participants admins; returns a result for each
		 * @description Requires the permission `group:write`.
		 */
		post: operations["groupPromote"];
		/**
		 * Remove admin rights; returns a result for each
		 * @description Requires the permission `group:write`.
		 */
		delete: operations["groupDemote"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/groups/{id}/invite": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get the group's invite link
		 * @description Requires the permission `group:read`.
		 */
		get: operations["groupInvite"];
		put?: never;
		post?: never;
		/**
		 * Revoke the invite link; returns the new one
		 * @description Requires the permission `group:write`.
		 */
		delete: operations["groupRevokeInvite"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/invites/{invite}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Show what an invite link or code leads to, before joining
		 * @description Requires the permission `group:read`.
		 */
		get: operations["groupInviteInfo"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/groups/join": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Join a group by its invite link or code
		 * @description Requires the permission `group:write`.
		 */
		post: operations["groupJoin"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/groups/{id}/picture": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		/**
		 * Set the group's picture
		 * @description Requires the permission `group:write`.
		 */
		put: operations["groupSetPicture"];
		post?: never;
		/**
		 * Remove the group's picture
		 * @description Requires the permission `group:write`.
		 */
		delete: operations["groupRemovePicture"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/groups/{id}/requests": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List requests to join
		 * @description Requires the permission `group:read`.
		 */
		get: operations["groupRequests"];
		put?: never;
		/**
		 * Approve or reject requests to join; returns a result for each
		 * @description Requires the permission `group:write`.
		 */
		post: operations["groupAnswerRequests"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/groups/{id}/invitations": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Send someone the group's invite link; for people who cannot be added to it
		 * @description A text with the link, which is queued like any other message. Its link must be readable: see GET …/invite. Requires the permission `message:send`.
		 */
		post: operations["messageInvite"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/communities": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the account's communities
		 * @description Requires the permission `group:read`.
		 */
		get: operations["groupCommunities"];
		put?: never;
		/**
		 * Create a community from groups of the account
		 * @description Requires the permission `group:write`.
		 */
		post: operations["groupCommunitiesCreate"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/communities/{id}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get a community
		 * @description Requires the permission `group:read`.
		 */
		get: operations["groupCommunitiesGet"];
		put?: never;
		post?: never;
		/**
		 * Deactivate a community; its groups go on without it
		 * @description Requires the permission `group:write`.
		 */
		delete: operations["groupCommunitiesDeactivate"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/communities/{id}/groups": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Add groups of the account to a community
		 * @description Requires the permission `group:write`.
		 */
		post: operations["groupCommunitiesAddGroups"];
		/**
		 * Take groups out of a community
		 * @description Requires the permission `group:write`.
		 */
		delete: operations["groupCommunitiesRemoveGroups"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/status": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the statuses of the last day that the account sees, its own too, oldest first
		 * @description Requires the permission `status:read`.
		 */
		get: operations["channelStatuses"];
		put?: never;
		/**
		 * Queue a status; it is sent like a message, and followed like one
		 * @description Who sees it is a privacy setting of the account: PATCH /sessions/{session}/privacy. Requires the permission `status:write`.
		 */
		post: operations["messagePostStatus"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/status/{id}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		post?: never;
		/**
		 * Delete a status of the account for everyone
		 * @description Requires the permission `status:write`.
		 */
		delete: operations["channelDeleteStatus"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/status/{id}/view": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * View a status of a contact, who sees that
		 * @description Requires the permission `status:write`.
		 */
		post: operations["channelViewStatus"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/status/{id}/viewers": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List who has viewed a status of the account
		 * @description Requires the permission `status:read`.
		 */
		get: operations["channelStatusViewers"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/channels": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the channels that the account follows or owns, or find others by name
		 * @description Requires the permission `channel:read`.
		 */
		get: operations["channelList"];
		put?: never;
		/**
		 * Create a channel
		 * @description Requires the permission `channel:write`.
		 */
		post: operations["channelCreate"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/channels/{id}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get a channel, also one that the account does not follow
		 * @description Requires the permission `channel:read`.
		 */
		get: operations["channelGet"];
		put?: never;
		post?: never;
		/**
		 * Delete the account's channel for everyone
		 * @description Requires the permission `channel:write`.
		 */
		delete: operations["channelRemove"];
		options?: never;
		head?: never;
		/**
		 * Change the name or description of the account's channel
		 * @description Requires the permission `channel:write`.
		 */
		patch: operations["channelUpdate"];
		trace?: never;
	};
	"/api/v1/sessions/{session}/channels/{id}/follow": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Follow a channel
		 * @description Requires the permission `channel:write`.
		 */
		post: operations["channelFollow"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/channels/{id}/unfollow": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Follow a channel no longer
		 * @description Requires the permission `channel:write`.
		 */
		post: operations["channelUnfollow"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/channels/{id}/mute": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Mute a channel
		 * @description Requires the permission `channel:write`.
		 */
		post: operations["channelMute"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/channels/{id}/unmute": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Unmute a channel
		 * @description Requires the permission `channel:write`.
		 */
		post: operations["channelUnmute"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/channels/{id}/followers": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List who follows the account's channel
		 * @description Requires the permission `channel:read`.
		 */
		get: operations["channelFollowers"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/labels": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the labels, with the chats that carry them
		 * @description Business accounts only. Requires the permission `label:read`.
		 */
		get: operations["businessLabels"];
		put?: never;
		/**
		 * Create a label
		 * @description Business accounts only. Requires the permission `label:write`.
		 */
		post: operations["businessLabelsCreate"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/labels/{id}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		post?: never;
		/**
		 * Delete a label; its chats stay
		 * @description Business accounts only. Requires the permission `label:write`.
		 */
		delete: operations["businessLabelsRemove"];
		options?: never;
		head?: never;
		/**
		 * Change the name or color of a label
		 * @description Business accounts only. Requires the permission `label:write`.
		 */
		patch: operations["businessLabelsUpdate"];
		trace?: never;
	};
	"/api/v1/sessions/{session}/chats/{chatId}/labels": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		/**
		 * Put exactly these labels on a chat
		 * @description Business accounts only. Requires the permission `label:write`.
		 */
		put: operations["businessLabelsSetOfChat"];
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/lists": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the lists, with the chats that carry them
		 * @description Business accounts have labels in their place. Requires the permission `label:read`.
		 */
		get: operations["businessLists"];
		put?: never;
		/**
		 * Create a list
		 * @description Business accounts have labels in their place. Requires the permission `label:write`.
		 */
		post: operations["businessListsCreate"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/lists/{id}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		post?: never;
		/**
		 * Delete a list; its chats stay
		 * @description Business accounts have labels in their place. Requires the permission `label:write`.
		 */
		delete: operations["businessListsRemove"];
		options?: never;
		head?: never;
		/**
		 * Change the name or color of a list
		 * @description Business accounts have labels in their place. Requires the permission `label:write`.
		 */
		patch: operations["businessListsUpdate"];
		trace?: never;
	};
	"/api/v1/sessions/{session}/chats/{chatId}/lists": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		/**
		 * Put exactly these lists on a chat
		 * @description Business accounts have labels in their place. Requires the permission `label:write`.
		 */
		put: operations["businessListsSetOfChat"];
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/products": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the products of the account, or of another business
		 * @description Requires the permission `catalog:read`.
		 */
		get: operations["businessProducts"];
		put?: never;
		/**
		 * Create a product. Business accounts only
		 * @description Requires the permission `catalog:write`.
		 */
		post: operations["businessProductsCreate"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/products/{id}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		post?: never;
		/**
		 * Delete a product of the account
		 * @description Requires the permission `catalog:write`.
		 */
		delete: operations["businessProductsRemove"];
		options?: never;
		head?: never;
		/**
		 * Change a product of the account
		 * @description Requires the permission `catalog:write`.
		 */
		patch: operations["businessProductsUpdate"];
		trace?: never;
	};
	"/api/v1/sessions/{session}/collections": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the collections of the account, or of another business
		 * @description Requires the permission `catalog:read`.
		 */
		get: operations["businessCollections"];
		put?: never;
		/**
		 * Create a collection of products. Business accounts only
		 * @description Requires the permission `catalog:write`.
		 */
		post: operations["businessCollectionsCreate"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/collections/{id}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		post?: never;
		/**
		 * Delete a collection; its products stay
		 * @description Requires the permission `catalog:write`.
		 */
		delete: operations["businessCollectionsRemove"];
		options?: never;
		head?: never;
		/**
		 * Rename a collection, add products to it, or take others out
		 * @description Requires the permission `catalog:write`.
		 */
		patch: operations["businessCollectionsUpdate"];
		trace?: never;
	};
	"/api/v1/sessions/{session}/chats/{chatId}/typing": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Show the account as typing or recording in a chat
		 * @description Requires the permission `presence:write`.
		 */
		post: operations["presenceTyping"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/chats/{chatId}/read": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Send read receipts for the unread messages of a chat
		 * @description Requires the permission `chat:write`.
		 */
		post: operations["presenceMarkRead"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/presence/{chatId}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get a contact's presence, as far as the contact shares it
		 * @description Requires the permission `presence:read`.
		 */
		get: operations["presenceGet"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/presence/subscribe": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Subscribe to the presence of contacts
		 * @description Requires the permission `presence:write`.
		 */
		post: operations["presenceSubscribe"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/presence": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		/**
		 * Show the account as online or offline
		 * @description Requires the permission `presence:write`.
		 */
		put: operations["presenceSet"];
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/presence/users": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the tenant's users and whether they are online
		 * @description Requires the permission `presence:read`. Not for API keys that are limited to sessions.
		 */
		get: operations["presenceUsers"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/webhooks": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List webhook endpoints
		 * @description Requires the permission `webhook:read`.
		 */
		get: operations["webhookList"];
		put?: never;
		/**
		 * Create a webhook endpoint; its secret is returned only in this response
		 * @description Requires the permission `webhook:write`.
		 */
		post: operations["webhookCreate"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/webhooks/{id}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get a webhook endpoint
		 * @description Requires the permission `webhook:read`.
		 */
		get: operations["webhookGet"];
		put?: never;
		post?: never;
		/**
		 * Delete a webhook endpoint and its deliveries
		 * @description Requires the permission `webhook:write`.
		 */
		delete: operations["webhookRemove"];
		options?: never;
		head?: never;
		/**
		 * Change, disable or enable a webhook endpoint
		 * @description Requires the permission `webhook:write`.
		 */
		patch: operations["webhookUpdate"];
		trace?: never;
	};
	"/api/v1/webhooks/{id}/test": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Send the event webhook.test to this endpoint, in a single attempt
		 * @description Requires the permission `webhook:write`.
		 */
		post: operations["webhookTest"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/webhooks/{id}/rotate-secret": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Create a new secret; for 24 hours deliveries are also signed with the old one
		 * @description Requires the permission `webhook:write`.
		 */
		post: operations["webhookRotateSecret"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/webhooks/{id}/replay": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Deliver events from the log again, with the same webhook-id
		 * @description Requires the permission `webhook:write`.
		 */
		post: operations["webhookReplay"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/webhooks/{id}/deliveries": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the deliveries of an endpoint, newest first
		 * @description Requires the permission `webhook:read`.
		 */
		get: operations["webhookDeliveries"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/deliveries/{id}/retry": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Retry a delivery now, and restart its schedule
		 * @description Requires the permission `webhook:write`.
		 */
		post: operations["webhookRetry"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/analytics/overview": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get counts and rates of a period, in total and by session, and the change from the period before
		 * @description With `Accept: text/csv` the answer has that type in place of JSON. Requires the permission `analytics:read`.
		 */
		get: operations["analyticsOverview"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/analytics/timeseries": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get a time series of one metric
		 * @description With `Accept: text/csv` the answer has that type in place of JSON. Requires the permission `analytics:read`.
		 */
		get: operations["analyticsTimeseries"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/analytics/trends": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Compare a period with the one before and with the same weekday in earlier weeks
		 * @description With `Accept: text/csv` the answer has that type in place of JSON. Requires the permission `analytics:read`.
		 */
		get: operations["analyticsTrends"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/analytics/sessions": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List counts and rates of each session
		 * @description With `Accept: text/csv` the answer has that type in place of JSON. Requires the permission `analytics:read`.
		 */
		get: operations["analyticsSessions"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/analytics/failures": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the causes of messages that were not sent
		 * @description With `Accept: text/csv` the answer has that type in place of JSON. Requires the permission `analytics:read`.
		 */
		get: operations["analyticsFailures"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/backups": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the tenant's exports and, for platform administrators, the installation's backups
		 * @description Requires the permission `backup:read`. Not for API keys that are limited to sessions.
		 */
		get: operations["backupList"];
		put?: never;
		/**
		 * Back up the whole installation
		 * @description Requires the permission `platform:admin`. Not for API keys that are limited to sessions.
		 */
		post: operations["backupCreate"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/exports": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Export the tenant's own data, without passwords, keys and secrets
		 * @description Requires the permission `backup:write`. Not for API keys that are limited to sessions.
		 */
		post: operations["backupExport"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/backups/schedule": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get the backup schedule
		 * @description Requires the permission `platform:admin`. Not for API keys that are limited to sessions.
		 */
		get: operations["backupScheduleGet"];
		/**
		 * Set the backup schedule
		 * @description Requires the permission `platform:admin`. Not for API keys that are limited to sessions.
		 */
		put: operations["backupSchedulePut"];
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/backups/{id}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get a backup or export
		 * @description Requires the permission `backup:read`. Not for API keys that are limited to sessions.
		 */
		get: operations["backupGet"];
		put?: never;
		post?: never;
		/**
		 * Delete a backup or export and its file
		 * @description Requires the permission `backup:write`. Not for API keys that are limited to sessions.
		 */
		delete: operations["backupRemove"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/backups/{id}/download": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Download a backup (encrypted with the master key) or an export (gzipped JSON lines)
		 * @description Requires the permission `backup:read`. Not for API keys that are limited to sessions.
		 */
		get: operations["backupDownload"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/backups/{id}/verify": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Restore a backup of the installation into a temporary database and check it
		 * @description Requires the permission `platform:admin`. Not for API keys that are limited to sessions.
		 */
		post: operations["backupVerify"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/backups/{id}/restore": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Replace all current data with a backup; with dryRun, only report what would change
		 * @description Requires the permission `platform:admin`. Not for API keys that are limited to sessions.
		 */
		post: operations["backupRestore"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/cluster/nodes": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List session nodes, with those that left within the last day
		 * @description Requires the permission `platform:admin`. Not for API keys that are limited to sessions.
		 */
		get: operations["clusterNodes"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/cluster/placements": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List where the sessions of all tenants run
		 * @description Requires the permission `platform:admin`. Not for API keys that are limited to sessions.
		 */
		get: operations["clusterPlacements"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/cluster/nodes/{node}/drain": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Let a node give its sessions to the others; it takes no more until it is undrained
		 * @description Requires the permission `platform:admin`. Not for API keys that are limited to sessions.
		 */
		post: operations["clusterDrain"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/cluster/nodes/{node}/undrain": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Let a drained node take sessions again
		 * @description Requires the permission `platform:admin`. Not for API keys that are limited to sessions.
		 */
		post: operations["clusterUndrain"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/cluster/rebalance": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Move as few sessions as possible so that every node has its share
		 * @description Requires the permission `platform:admin`. Not for API keys that are limited to sessions.
		 */
		post: operations["clusterRebalance"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sessions/{session}/move": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Move a session of any tenant to another node, at its next quiet moment
		 * @description Requires the permission `platform:admin`.
		 */
		post: operations["clusterMove"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/livez": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Liveness probe: fails when the process must be restarted
		 * @description Needs no credentials.
		 */
		get: operations["healthLive"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/readyz": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Readiness probe: fails while the process cannot serve requests
		 * @description Needs no credentials.
		 */
		get: operations["healthReady"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/startupz": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Startup probe: fails until the process has started
		 * @description Needs no credentials.
		 */
		get: operations["healthStartup"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/health": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get the health of this process; details only with the permission health:read
		 * @description Needs no credentials.
		 */
		get: operations["healthReport"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/health/collect": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Run garbage collection in the process that answers; returns the number of bytes freed
		 * @description Requires the permission `platform:admin`. Not for API keys that are limited to sessions.
		 */
		post: operations["healthCollect"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sandbox/phones": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the simulated phones
		 * @description Requires the permission `sandbox:read`. Not for API keys that are limited to sessions.
		 */
		get: operations["sandboxListPhones"];
		put?: never;
		/**
		 * Create a simulated phone; without a number, one is chosen
		 * @description Requires the permission `sandbox:write`. Not for API keys that are limited to sessions.
		 */
		post: operations["sandboxCreatePhone"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sandbox/phones/{phone}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get a simulated phone, its linked sessions and who is typing to it
		 * @description Requires the permission `sandbox:read`. Not for API keys that are limited to sessions.
		 */
		get: operations["sandboxGetPhone"];
		put?: never;
		post?: never;
		/**
		 * Remove a phone from the network; its sessions are logged out
		 * @description Requires the permission `sandbox:write`. Not for API keys that are limited to sessions.
		 */
		delete: operations["sandboxRemovePhone"];
		options?: never;
		head?: never;
		/**
		 * Change a phone's name, its network access, its privacy, and whether it reads messages automatically
		 * @description An account that was addressed by numbers can move to LIDs in the middle of a conversation. Requires the permission `sandbox:write`. Not for API keys that are limited to sessions.
		 */
		patch: operations["sandboxChangePhone"];
		trace?: never;
	};
	"/api/v1/sandbox/phones/{phone}/scan": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Scan a session's QR code, or enter its pairing code
		 * @description Requires the permission `sandbox:write`. Not for API keys that are limited to sessions.
		 */
		post: operations["sandboxScan"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sandbox/phones/{phone}/messages": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Send a message, reaction, edit, revoke or vote from the phone
		 * @description Requires the permission `sandbox:write`. Not for API keys that are limited to sessions.
		 */
		post: operations["sandboxSendMessage"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sandbox/phones/{phone}/typing": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Show the phone as typing
		 * @description Requires the permission `sandbox:write`. Not for API keys that are limited to sessions.
		 */
		post: operations["sandboxSendTyping"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sandbox/phones/{phone}/presence": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Show the phone as online or offline to others
		 * @description Requires the permission `sandbox:write`. Not for API keys that are limited to sessions.
		 */
		post: operations["sandboxSetPresence"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sandbox/phones/{phone}/read": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Read a chat on the phone; sends read receipts for its unread messages
		 * @description Requires the permission `sandbox:write`. Not for API keys that are limited to sessions.
		 */
		post: operations["sandboxReadChat"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sandbox/phones/{phone}/logout": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Log out one linked session on the phone, or all of them
		 * @description Requires the permission `sandbox:write`. Not for API keys that are limited to sessions.
		 */
		post: operations["sandboxUnlinkDevices"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sandbox/phones/{phone}/call": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Call a number; its sessions see the call
		 * @description Requires the permission `sandbox:write`. Not for API keys that are limited to sessions.
		 */
		post: operations["sandboxCall"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sandbox/phones/{phone}/acts": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Let the phone do one of the other things that its owner can do
		 * @description Such as changing its profile and privacy, managing groups, communities, channels, labels and a catalog, viewing a status, or answering a call. The fields of each act's input are listed in docs/sandbox-acts.md. A status is posted, and a channel written to, by a message to `status@broadcast` or to the channel's id. Requires the permission `sandbox:write`. Not for API keys that are limited to sessions.
		 */
		post: operations["sandboxAct"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sandbox/phones/{phone}/inbox": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the messages that the phone has received or sent, latest first
		 * @description Requires the permission `sandbox:read`. Not for API keys that are limited to sessions.
		 */
		get: operations["sandboxListInbox"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/v1/sandbox/faults": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get the injected faults
		 * @description Requires the permission `sandbox:read`. Not for API keys that are limited to sessions.
		 */
		get: operations["sandboxGetFaults"];
		/**
		 * Inject faults; they are cleared when the sandbox restarts
		 * @description Requires the permission `sandbox:write`. Not for API keys that are limited to sessions.
		 */
		put: operations["sandboxSetFaults"];
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
}
export type webhooks = Record<string, never>;
export interface components {
	schemas: {
		/** AuthSetupTokenRequest */
		AuthSetupTokenRequest: {
			/** @description The part of the one-time link after # */
			setupToken: string;
		};
		/** AuthRegisterRequest */
		AuthRegisterRequest: {
			/** @description The organization's name */
			tenantName: string;
			/** @description The user's name */
			name: string;
			/**
			 * Format: email
			 * @description The e-mail address to sign in with
			 */
			email: string;
			/**
			 * Format: password
			 * @description At least 12 characters and at most 72 bytes
			 */
			password: string;
			/** @description The one-time token of a new installation; it lets the first owner register while sign-up is closed */
			setupToken?: string;
		};
		SignedIn: {
			/** @description Send it as `Authorization: Bearer …` */
			accessToken: string;
			/** @description Valid for one use; each refresh returns the next one */
			refreshToken: string;
			/** @description Seconds until the access token expires */
			expiresIn: number;
			user: components["schemas"]["User"];
			tenant: components["schemas"]["Tenant"];
		};
		User: {
			/** @description The id that requests name it by */
			id: string;
			/** @description The e-mail address to sign in with */
			email: string;
			/** @description Its name */
			name: string;
			/**
			 * @description owner and admin manage the tenant, operator works with sessions and messages, viewer reads
			 * @enum {string}
			 */
			role: "owner" | "admin" | "operator" | "viewer";
			/** @description Whether the user administers the whole installation */
			platformAdmin: boolean;
			/** @description Whether the user cannot sign in */
			disabled: boolean;
			/** @description When the user last signed in; null for never */
			lastLoginAt: string | null;
			/**
			 * Format: date-time
			 * @description When it was created
			 */
			createdAt: string;
			/**
			 * Format: date-time
			 * @description When it was last changed
			 */
			updatedAt: string;
		};
		Tenant: {
			/** @description The id that requests name it by */
			id: string;
			/** @description Its name */
			name: string;
			/**
			 * @description The plan that sets the tenant's quotas
			 * @enum {string}
			 */
			plan: "basic" | "pro" | "enterprise";
			/**
			 * @description The current status
			 * @enum {string}
			 */
			status: "active" | "suspended";
			quotas: components["schemas"]["Quotas"];
			settings: components["schemas"]["TenantSettings"];
			/**
			 * Format: date-time
			 * @description When it was created
			 */
			createdAt: string;
			/**
			 * Format: date-time
			 * @description When it was last changed
			 */
			updatedAt: string;
		};
		Quotas: {
			/** @description Maximum number of sessions */
			sessions: number | null;
			/** @description Maximum number of users */
			users: number | null;
			/** @description Maximum number of API keys */
			apiKeys: number | null;
			/** @description Maximum number of webhook endpoints */
			webhooks: number | null;
			/** @description Messages accepted per day (UTC) */
			messagesPerDay: number | null;
			/** @description Requests per minute; never more than the installation's own limit */
			requestsPerMinute: number | null;
			/** @description Socket.io connections and streams at a time, per process */
			sockets: number | null;
			/** @description Stored media, in MB; beyond it, media from clients are refused, and received media are still kept */
			storageMb: number | null;
		};
		TenantSettings: {
			/** @description Country of local phone numbers, for sessions without a country of their own */
			country: string | null;
			/** @description Time zone of the days in reports */
			timezone: string;
		};
		/** AuthLoginRequest */
		AuthLoginRequest: {
			/**
			 * Format: email
			 * @description The e-mail address to sign in with
			 */
			email: string;
			/**
			 * Format: password
			 * @description The current password
			 */
			password: string;
		};
		/** AuthRefreshRequest */
		AuthRefreshRequest: {
			/** @description Each is valid once; the response has the next one */
			refreshToken: string;
		};
		ApiKey: {
			/** @description The id that requests name it by */
			id: string;
			/** @description Its name */
			name: string;
			/** @description First characters of the key, to distinguish it from others */
			prefix: string;
			/** @description The permissions of the key */
			scopes: ("session:read" | "session:write" | "session:pair" | "message:read" | "message:send" | "profile:read" | "profile:write" | "call:write" | "chat:read" | "chat:write" | "contact:read" | "contact:write" | "status:read" | "status:write" | "channel:read" | "channel:write" | "catalog:read" | "catalog:write" | "label:read" | "label:write" | "group:read" | "group:write" | "presence:read" | "presence:write" | "webhook:read" | "webhook:write" | "event:read" | "analytics:read" | "backup:read" | "backup:write" | "user:read" | "user:write" | "api-key:read" | "api-key:write" | "tenant:read" | "tenant:write" | "audit:read" | "sandbox:read" | "sandbox:write" | "health:read")[];
			/** @description Ids of the sessions that the key is limited to; null for all */
			sessions: string[] | null;
			/** @description CIDR ranges from which the key may be used; null for any */
			ipAllow: string[] | null;
			/** @description When it stops being valid; null for never */
			expiresAt: string | null;
			/** @description The user or API key that made it: the key can do no more than its maker, and ends with it */
			createdBy: string | null;
			/** @description When it was last used; null for never */
			lastUsedAt: string | null;
			/**
			 * Format: date-time
			 * @description When it was created
			 */
			createdAt: string;
		};
		/** AuthPasswordRequest */
		AuthPasswordRequest: {
			/**
			 * Format: password
			 * @description The current password
			 */
			currentPassword: string;
			/**
			 * Format: password
			 * @description At least 12 characters and at most 72 bytes
			 */
			newPassword: string;
		};
		Login: {
			/** @description The id that requests name it by */
			id: string;
			/** @description Whether this request was made with this login */
			current: boolean;
			/** @description The browser or program that signed in */
			userAgent: string | null;
			/** @description The address that the request came from */
			ip: string | null;
			/**
			 * Format: date-time
			 * @description When it was created
			 */
			createdAt: string;
			/**
			 * Format: date-time
			 * @description When it was last used; null for never
			 */
			lastUsedAt: string;
			/**
			 * Format: date-time
			 * @description When it stops being valid; null for never
			 */
			expiresAt: string;
		};
		/** AuthUsersCreateRequest */
		AuthUsersCreateRequest: {
			/**
			 * Format: email
			 * @description The e-mail address to sign in with
			 */
			email: string;
			/** @description Its name */
			name: string;
			/**
			 * @description owner and admin manage the tenant, operator works with sessions and messages, viewer reads
			 * @enum {string}
			 */
			role: "owner" | "admin" | "operator" | "viewer";
			/**
			 * Format: password
			 * @description At least 12 characters and at most 72 bytes
			 */
			password: string;
		};
		/** AuthUsersUpdateRequest */
		AuthUsersUpdateRequest: {
			/** @description Its name */
			name?: string;
			/**
			 * @description owner and admin manage the tenant, operator works with sessions and messages, viewer reads
			 * @enum {string}
			 */
			role?: "owner" | "admin" | "operator" | "viewer";
			/** @description Whether the user cannot sign in */
			disabled?: boolean;
			/**
			 * Format: password
			 * @description At least 12 characters and at most 72 bytes
			 */
			password?: string;
		};
		/** AuthKeysCreateRequest */
		AuthKeysCreateRequest: {
			/** @description Its name */
			name: string;
			/** @description Permissions of the key; at most those of its creator */
			scopes: ("session:read" | "session:write" | "session:pair" | "message:read" | "message:send" | "profile:read" | "profile:write" | "call:write" | "chat:read" | "chat:write" | "contact:read" | "contact:write" | "status:read" | "status:write" | "channel:read" | "channel:write" | "catalog:read" | "catalog:write" | "label:read" | "label:write" | "group:read" | "group:write" | "presence:read" | "presence:write" | "webhook:read" | "webhook:write" | "event:read" | "analytics:read" | "backup:read" | "backup:write" | "user:read" | "user:write" | "api-key:read" | "api-key:write" | "tenant:read" | "tenant:write" | "audit:read" | "sandbox:read" | "sandbox:write" | "health:read")[];
			/** @description Limits the key to these sessions, by id or name; within those of the key that makes it */
			sessions?: string[];
			/** @description Limits the key to these networks; by default and at most those of the key that makes it */
			ipAllow?: (string)[];
			/**
			 * Format: date-time
			 * @description By default one year from now; at most until the key that makes it expires
			 */
			expiresAt?: string;
		};
		AuditEntry: {
			/** @description The id that requests name it by */
			id: string;
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description Who did it */
			actor: {
				/**
				 * @description What kind it is
				 * @enum {string}
				 */
				type: "user" | "api_key" | "system";
				/** @description The id that requests name it by */
				id: string | null;
				/** @description The address that the request came from */
				ip: string | null;
			};
			/** @description What was done, such as user.created */
			action: string;
			/** @description The id of what was changed */
			target: string | null;
			/** @description More about the action; its fields depend on it */
			detail: {
				[key: string]: unknown;
			};
			/** @description The id of the request (req_…), which is also in the header X-Request-Id and in the log */
			requestId: string | null;
		};
		/** TenantUpdateRequest */
		TenantUpdateRequest: {
			/** @description Its name */
			name?: string;
			/** @description Absent settings are kept */
			settings?: {
				/** @description Country of local phone numbers, for sessions without a country of their own */
				country?: string | null;
				/** @description Time zone of the days in reports */
				timezone?: string;
			};
		};
		TenantUsage: {
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description Sessions */
			sessions: {
				/** @description How much is in use */
				used: number;
				/** @description The most that is allowed; null for no limit */
				limit: number | null;
			};
			/** @description Sessions that are connected now */
			sessionsConnected: number;
			/** @description Users */
			users: {
				/** @description How much is in use */
				used: number;
				/** @description The most that is allowed; null for no limit */
				limit: number | null;
			};
			/** @description API keys */
			apiKeys: {
				/** @description How much is in use */
				used: number;
				/** @description The most that is allowed; null for no limit */
				limit: number | null;
			};
			/** @description Webhook endpoints */
			webhooks: {
				/** @description How much is in use */
				used: number;
				/** @description The most that is allowed; null for no limit */
				limit: number | null;
			};
			/** @description Messages accepted since midnight UTC */
			messagesToday: {
				/** @description How much is in use */
				used: number;
				/** @description The most that is allowed; null for no limit */
				limit: number | null;
			};
			/** @description Since the first of the month, UTC */
			messagesThisMonth: {
				/** @description Messages that WhatsApp's server has acknowledged */
				sent: number;
				/** @description Messages that accounts received */
				received: number;
			};
			/** @description Stored media, in MB */
			storageMb: {
				/** @description How much is in use */
				used: number;
				/** @description The most that is allowed; null for no limit */
				limit: number | null;
			};
		};
		/** TenantAllCreateRequest */
		TenantAllCreateRequest: {
			/** @description Its name */
			name: string;
			/**
			 * @description The plan that sets the tenant's quotas. Default: `basic`
			 * @enum {string}
			 */
			plan?: "basic" | "pro" | "enterprise";
			/** @description Overrides the plan's quotas */
			quotas?: {
				/** @description Maximum number of sessions */
				sessions?: number | null;
				/** @description Maximum number of users */
				users?: number | null;
				/** @description Maximum number of API keys */
				apiKeys?: number | null;
				/** @description Maximum number of webhook endpoints */
				webhooks?: number | null;
				/** @description Messages accepted per day (UTC) */
				messagesPerDay?: number | null;
				/** @description Requests per minute; never more than the installation's own limit */
				requestsPerMinute?: number | null;
				/** @description Socket.io connections and streams at a time, per process */
				sockets?: number | null;
				/** @description Stored media, in MB; beyond it, media from clients are refused, and received media are still kept */
				storageMb?: number | null;
			};
			/** @description Who created the group; null when unknown */
			owner: {
				/** @description Its name */
				name: string;
				/**
				 * Format: email
				 * @description The e-mail address to sign in with
				 */
				email: string;
				/**
				 * Format: password
				 * @description At least 12 characters and at most 72 bytes
				 */
				password: string;
			};
		};
		/** TenantAllUpdateRequest */
		TenantAllUpdateRequest: {
			/** @description Its name */
			name?: string;
			/**
			 * @description The plan that sets the tenant's quotas
			 * @enum {string}
			 */
			plan?: "basic" | "pro" | "enterprise";
			/**
			 * @description The current status
			 * @enum {string}
			 */
			status?: "active" | "suspended";
			/** @description Overrides the plan's quotas */
			quotas?: {
				/** @description Maximum number of sessions */
				sessions?: number | null;
				/** @description Maximum number of users */
				users?: number | null;
				/** @description Maximum number of API keys */
				apiKeys?: number | null;
				/** @description Maximum number of webhook endpoints */
				webhooks?: number | null;
				/** @description Messages accepted per day (UTC) */
				messagesPerDay?: number | null;
				/** @description Requests per minute; never more than the installation's own limit */
				requestsPerMinute?: number | null;
				/** @description Socket.io connections and streams at a time, per process */
				sockets?: number | null;
				/** @description Stored media, in MB; beyond it, media from clients are refused, and received media are still kept */
				storageMb?: number | null;
			};
		};
		Session: {
			/** @description The id that requests name it by */
			id: string;
			/** @description Its name */
			name: string;
			/**
			 * @description sandbox: the simulated network, without real phones
			 * @enum {string}
			 */
			network: "whatsapp" | "sandbox";
			/**
			 * @description browser: wppconnect in Chromium; light: without a browser
			 * @enum {string}
			 */
			driver: "browser" | "light";
			/** @description Whether it is started again with the system, if it was running */
			autoStart: boolean;
			/**
			 * @description stopped: Not running. starting: Starting. qr: Waiting for the QR code to be scanned. pairing: Waiting for the pairing code to be entered on the phone. syncing: Linked, loading chats. connected: Connected. degraded: Linked, but not responding properly. reconnecting: Connection lost, trying again. logged_out: The phone has removed this device. failed: Cannot start; see the reason
			 * @enum {string}
			 */
			state: "stopped" | "starting" | "qr" | "pairing" | "syncing" | "connected" | "degraded" | "reconnecting" | "logged_out" | "failed";
			/**
			 * @description Why it is in this state
			 * @enum {string}
			 */
			reason: "created" | "requested" | "autostart" | "link_required" | "linked" | "network_lost" | "network_back" | "not_acknowledged" | "page_frozen" | "page_crashed" | "page_left" | "browser_died" | "proxy_failed" | "no_memory" | "recycled" | "browser_missing" | "thread_died" | "profile_in_use" | "profile_damaged" | "start_timeout" | "unknown_step" | "qr_expired" | "conflict" | "logged_out_on_phone" | "logged_out_here" | "logout_failed" | "banned" | "tos_block" | "sandbox_unreachable" | "lease_lost" | "no_node" | "driver_error" | "crash_loop" | "node_stopping" | "moving" | "tenant_suspended" | "restored";
			/**
			 * Format: date-time
			 * @description When it entered the state
			 */
			since: string;
			/** @description What the state was derived from: the page, the socket and the last acknowledgement */
			evidence: {
				[key: string]: string | number | boolean | null;
			};
			/**
			 * @description What was last requested: start or stop
			 * @enum {string}
			 */
			desired: "running" | "stopped";
			/** @description The process that runs it; null when none does */
			node: string | null;
			/** @description Rises each time a process takes the session over */
			epoch: number;
			/** @description The account; null before the first link */
			me: {
				/** @description WhatsApp id, such as 15550100001@c.us or 1203…@g.us; …@lid for a person whose number is hidden */
				chatId: string;
				/** @description E.164 with +; null when unknown or not a person */
				phone: string | null;
				/** @description Privacy id (…@lid); null when unknown */
				lid: string | null;
				/** @description Its name */
				name: string | null;
			} | null;
			/** @description The queue of messages to send */
			queue: {
				/** @description The account that queued messages are sent from; null before the first link */
				account: components["schemas"]["Address"] | null;
				/** @description account_changed: nothing is sent until the queue is resumed, or the account is linked again */
				paused: "account_changed" | null;
			};
			/** @description How it sends and receives */
			settings: {
				/** @description Country of local phone numbers */
				country: string | null;
				/** @description Minimum time between two sends, in ms; by default 1,200 on whatsapp and 0 on the sandbox */
				minGapMs: number | null;
				/** @description Maximum random time added to the gap, in ms; by default 1,800 on whatsapp and 0 on the sandbox */
				jitterMs: number | null;
				/** @description Shown in the phone's list of linked devices */
				deviceName: string;
				/** @description The session runs on nodes of this zone only (WPP_NODE_ZONE); null: on any */
				zone: string | null;
				/** @description It runs on nodes of this group only (WPP_NODE_GROUP); null: on any */
				nodeGroup: string | null;
				/** @description Whether calls are rejected, and how they are answered; null: they ring */
				rejectCalls: {
					/** @description Sent to who calls; null for no message */
					message: string | null;
				} | null;
				/** @description Language of the browser; null for the system's. Driver `browser` only */
				language: string | null;
				/** @description How the browser reaches WhatsApp; null: directly. Driver `browser` only */
				proxy: {
					/**
					 * Format: uri
					 * @description Such as http://proxy.example.com:3128
					 */
					url: string;
					/** @description null when it asks for none */
					username: string | null;
					/** @description Write only: no response has it */
					password?: string;
				} | null;
				/** @description Whether to skip downloading the media of inbound messages */
				rejectMedia: boolean;
			};
			/** @description Your own labels */
			metadata: {
				[key: string]: string;
			};
			/**
			 * Format: date-time
			 * @description When it was created
			 */
			createdAt: string;
			/**
			 * Format: date-time
			 * @description When it was last changed
			 */
			updatedAt: string;
		};
		Address: {
			/** @description WhatsApp id, such as 15550100001@c.us or 1203…@g.us; …@lid for a person whose number is hidden */
			chatId: string;
			/** @description E.164 with +; null when unknown or not a person */
			phone: string | null;
			/** @description Privacy id (…@lid); null when unknown */
			lid: string | null;
		};
		/** SessionCreateRequest */
		SessionCreateRequest: {
			/** @description 1 to 63 characters of a-z, 0-9, - and _; unique in the tenant, and usable in paths in place of the id */
			name: string;
			/**
			 * @description sandbox: the simulated network, without real phones. Default: `whatsapp`
			 * @enum {string}
			 */
			network?: "whatsapp" | "sandbox";
			/**
			 * @description browser: wppconnect in Chromium, required for whatsapp; light: without a browser, sandbox only, and its default
			 * @enum {string}
			 */
			driver?: "browser" | "light";
			/** @description Whether to start the session again when the system starts, if it was running. Default: `true` */
			autoStart?: boolean;
			/** @description How it sends and receives; all have defaults */
			settings?: {
				/** @description Country of local phone numbers */
				country?: string | null;
				/** @description Minimum time between two sends, in ms; by default 1,200 on whatsapp and 0 on the sandbox */
				minGapMs?: number | null;
				/** @description Maximum random time added to the gap, in ms; by default 1,800 on whatsapp and 0 on the sandbox */
				jitterMs?: number | null;
				/** @description Shown in the phone's list of linked devices. Default: `WPPConnect` */
				deviceName?: string;
				/** @description The session runs on nodes of this zone only (WPP_NODE_ZONE); null: on any */
				zone?: string | null;
				/** @description It runs on nodes of this group only (WPP_NODE_GROUP); null: on any */
				nodeGroup?: string | null;
				/** @description Whether calls are rejected, and how they are answered; null: they ring */
				rejectCalls?: {
					/** @description Sent to who calls; null for no message */
					message?: string | null;
				} | null;
				/** @description Language of the browser; null for the system's. Driver `browser` only */
				language?: string | null;
				/** @description How the browser reaches WhatsApp; null: directly. Driver `browser` only */
				proxy?: {
					/**
					 * Format: uri
					 * @description Such as http://proxy.example.com:3128
					 */
					url: string;
					/** @description null when it asks for none */
					username?: string | null;
					/** @description Write only: no response has it */
					password?: string;
				} | null;
				/** @description Whether to skip downloading the media of inbound messages. Default: `false` */
				rejectMedia?: boolean;
			};
			/** @description Your own labels, at most 20 */
			metadata?: {
				[key: string]: string;
			};
		};
		/** SessionUpdateRequest */
		SessionUpdateRequest: {
			/** @description 1 to 63 characters of a-z, 0-9, - and _; unique in the tenant, and usable in paths in place of the id */
			name?: string;
			/** @description Whether to start it again with the system, if it was running */
			autoStart?: boolean;
			/** @description Absent settings are kept */
			settings?: {
				/** @description Country of local phone numbers */
				country?: string | null;
				/** @description Minimum time between two sends, in ms; by default 1,200 on whatsapp and 0 on the sandbox */
				minGapMs?: number | null;
				/** @description Maximum random time added to the gap, in ms; by default 1,800 on whatsapp and 0 on the sandbox */
				jitterMs?: number | null;
				/** @description Shown in the phone's list of linked devices */
				deviceName?: string;
				/** @description The session runs on nodes of this zone only (WPP_NODE_ZONE); null: on any */
				zone?: string | null;
				/** @description It runs on nodes of this group only (WPP_NODE_GROUP); null: on any */
				nodeGroup?: string | null;
				/** @description Whether calls are rejected, and how they are answered; null: they ring */
				rejectCalls?: {
					/** @description Sent to who calls; null for no message */
					message?: string | null;
				} | null;
				/** @description Language of the browser; null for the system's. Driver `browser` only */
				language?: string | null;
				/** @description How the browser reaches WhatsApp; null: directly. Driver `browser` only */
				proxy?: {
					/**
					 * Format: uri
					 * @description Such as http://proxy.example.com:3128
					 */
					url: string;
					/** @description null when it asks for none */
					username?: string | null;
					/** @description Write only: no response has it */
					password?: string;
				} | null;
				/** @description Whether to skip downloading the media of inbound messages */
				rejectMedia?: boolean;
			};
			/** @description Your own labels, at most 20 */
			metadata?: {
				[key: string]: string;
			};
		};
		/** SessionResumeQueueRequest */
		SessionResumeQueueRequest: {
			/**
			 * @description What happens to the messages queued before: send them from the new account, or cancel them
			 * @enum {string}
			 */
			waiting: "send" | "cancel";
		};
		Qr: {
			/** @description The text that a phone scans */
			qr: string;
			/** @description Counts the codes of this pairing, from 1 */
			attempt: number;
			/**
			 * Format: date-time
			 * @description When it stops being valid; null for never
			 */
			expiresAt: string;
		};
		/** SessionPairingCodeRequest */
		SessionPairingCodeRequest: {
			/** @description The account's number: E.164 with or without + */
			phone: string;
		};
		Event: components["schemas"]["SessionCreatedEvent"] | components["schemas"]["SessionUpdatedEvent"] | components["schemas"]["SessionDeletedEvent"] | components["schemas"]["SessionMovedEvent"] | components["schemas"]["SessionStartingEvent"] | components["schemas"]["SessionQrEvent"] | components["schemas"]["SessionPairingCodeEvent"] | components["schemas"]["SessionConnectedEvent"] | components["schemas"]["SessionAccountChangedEvent"] | components["schemas"]["SessionDegradedEvent"] | components["schemas"]["SessionDisconnectedEvent"] | components["schemas"]["SessionLoggedOutEvent"] | components["schemas"]["SessionFailedEvent"] | components["schemas"]["MessageQueuedEvent"] | components["schemas"]["MessageSentEvent"] | components["schemas"]["MessageDeliveredEvent"] | components["schemas"]["MessageReadEvent"] | components["schemas"]["MessagePlayedEvent"] | components["schemas"]["MessageFailedEvent"] | components["schemas"]["MessageExpiredEvent"] | components["schemas"]["MessageCancelledEvent"] | components["schemas"]["MessageReceivedEvent"] | components["schemas"]["MessageEditedEvent"] | components["schemas"]["MessageRevokedEvent"] | components["schemas"]["MessageReactionEvent"] | components["schemas"]["MessagePollVoteEvent"] | components["schemas"]["ChatUpdatedEvent"] | components["schemas"]["ContactUpdatedEvent"] | components["schemas"]["GroupCreatedEvent"] | components["schemas"]["GroupUpdatedEvent"] | components["schemas"]["CommunityUpdatedEvent"] | components["schemas"]["GroupParticipantsEvent"] | components["schemas"]["LabelUpdatedEvent"] | components["schemas"]["ChannelUpdatedEvent"] | components["schemas"]["ChannelMessageEvent"] | components["schemas"]["StatusReceivedEvent"] | components["schemas"]["StatusViewedEvent"] | components["schemas"]["PresenceOnlineEvent"] | components["schemas"]["PresenceOfflineEvent"] | components["schemas"]["TypingStartEvent"] | components["schemas"]["TypingStopEvent"] | components["schemas"]["CallReceivedEvent"] | components["schemas"]["CallEndedEvent"] | components["schemas"]["AnalyticsUpdateEvent"] | components["schemas"]["WebhookTestEvent"] | components["schemas"]["WebhookDisabledEvent"] | components["schemas"]["BackupProgressEvent"] | components["schemas"]["BackupFinishedEvent"] | components["schemas"]["BackupFailedEvent"] | components["schemas"]["QuotaThresholdEvent"] | components["schemas"]["NodeJoinedEvent"] | components["schemas"]["NodeDrainingEvent"] | components["schemas"]["NodeLeftEvent"] | components["schemas"]["SystemAlertEvent"];
		/**
		 * @description A session was created. Requires the permission `session:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "session.created",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "name": "support",
		 *         "network": "sandbox"
		 *       }
		 *     }
		 */
		SessionCreatedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "session.created";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description Its name */
				name: string;
				/**
				 * @description sandbox: the simulated network, without real phones
				 * @enum {string}
				 */
				network: "whatsapp" | "sandbox";
			};
		};
		/**
		 * @description The name, settings or metadata of a session were changed. Requires the permission `session:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "session.updated",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "name": "support"
		 *       }
		 *     }
		 */
		SessionUpdatedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "session.updated";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description Its name */
				name: string;
			};
		};
		/**
		 * @description A session was deleted with everything it held; the event belongs to the tenant. Requires the permission `session:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "session.deleted",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04"
		 *       }
		 *     }
		 */
		SessionDeletedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "session.deleted";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The session's id (ses_…) */
				sessionId: string;
			};
		};
		/**
		 * @description Another node runs the session now. Requires the permission `session:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "session.moved",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "from": "session-1",
		 *         "to": "session-2",
		 *         "why": "drain",
		 *         "epoch": 7
		 *       }
		 *     }
		 */
		SessionMovedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "session.moved";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The node that ran it before */
				from: string;
				/** @description The node that runs it now */
				to: string;
				/**
				 * @description takeover: the node before has stopped or died
				 * @enum {string}
				 */
				why: "requested" | "drain" | "rebalance" | "takeover";
				/** @description Rises each time a node takes the session over */
				epoch: number;
			};
		};
		/**
		 * @description A session is starting. Requires the permission `session:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "session.starting",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "state": "starting",
		 *         "reason": "requested",
		 *         "evidence": {}
		 *       }
		 *     }
		 */
		SessionStartingEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "session.starting";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/**
				 * @description stopped: Not running. starting: Starting. qr: Waiting for the QR code to be scanned. pairing: Waiting for the pairing code to be entered on the phone. syncing: Linked, loading chats. connected: Connected. degraded: Linked, but not responding properly. reconnecting: Connection lost, trying again. logged_out: The phone has removed this device. failed: Cannot start; see the reason
				 * @enum {string}
				 */
				state: "stopped" | "starting" | "qr" | "pairing" | "syncing" | "connected" | "degraded" | "reconnecting" | "logged_out" | "failed";
				/**
				 * @description Why it is in this state
				 * @enum {string}
				 */
				reason: "created" | "requested" | "autostart" | "link_required" | "linked" | "network_lost" | "network_back" | "not_acknowledged" | "page_frozen" | "page_crashed" | "page_left" | "browser_died" | "proxy_failed" | "no_memory" | "recycled" | "browser_missing" | "thread_died" | "profile_in_use" | "profile_damaged" | "start_timeout" | "unknown_step" | "qr_expired" | "conflict" | "logged_out_on_phone" | "logged_out_here" | "logout_failed" | "banned" | "tos_block" | "sandbox_unreachable" | "lease_lost" | "no_node" | "driver_error" | "crash_loop" | "node_stopping" | "moving" | "tenant_suspended" | "restored";
				/** @description What the state was derived from: the page, the socket and the last acknowledgement */
				evidence: {
					[key: string]: string | number | boolean | null;
				};
				/** @description The linked account; null before the first link */
				me?: {
					/** @description WhatsApp id, such as 15550100001@c.us or 1203…@g.us; …@lid for a person whose number is hidden */
					chatId: string;
					/** @description E.164 with +; null when unknown or not a person */
					phone: string | null;
					/** @description Privacy id (…@lid); null when unknown */
					lid: string | null;
					/** @description Its name */
					name: string | null;
				};
			};
		};
		/**
		 * @description A QR code is ready to be scanned; it replaces the one before. Requires the permission `session:pair`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "session.qr",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "qr": "2@pT0xE5iVn3o…",
		 *         "attempt": 1,
		 *         "expiresAt": "2026-03-02T14:05:41.204Z"
		 *       }
		 *     }
		 */
		SessionQrEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "session.qr";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The text that a phone scans */
				qr: string;
				/** @description Counts the codes of this pairing, from 1 */
				attempt: number;
				/**
				 * Format: date-time
				 * @description The code is not valid after this time
				 */
				expiresAt: string;
			};
		};
		/**
		 * @description A pairing code is ready to be entered on the phone. Requires the permission `session:pair`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "session.pairing_code",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "code": "K4TW9XQ2",
		 *         "expiresAt": "2026-03-02T14:07:11.204Z"
		 *       }
		 *     }
		 */
		SessionPairingCodeEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "session.pairing_code";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The code to enter on the phone */
				code: string;
				/**
				 * Format: date-time
				 * @description The code is not valid after this time
				 */
				expiresAt: string;
			};
		};
		/**
		 * @description A session is connected to WhatsApp: messages are sent and received. Requires the permission `session:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "session.connected",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "state": "connected",
		 *         "reason": "linked",
		 *         "evidence": {
		 *           "socket": "CONNECTED"
		 *         },
		 *         "me": {
		 *           "chatId": "15550100001@c.us",
		 *           "phone": "+15550100001",
		 *           "lid": "20015550100001@lid",
		 *           "name": "Support"
		 *         }
		 *       }
		 *     }
		 */
		SessionConnectedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "session.connected";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/**
				 * @description stopped: Not running. starting: Starting. qr: Waiting for the QR code to be scanned. pairing: Waiting for the pairing code to be entered on the phone. syncing: Linked, loading chats. connected: Connected. degraded: Linked, but not responding properly. reconnecting: Connection lost, trying again. logged_out: The phone has removed this device. failed: Cannot start; see the reason
				 * @enum {string}
				 */
				state: "stopped" | "starting" | "qr" | "pairing" | "syncing" | "connected" | "degraded" | "reconnecting" | "logged_out" | "failed";
				/**
				 * @description Why it is in this state
				 * @enum {string}
				 */
				reason: "created" | "requested" | "autostart" | "link_required" | "linked" | "network_lost" | "network_back" | "not_acknowledged" | "page_frozen" | "page_crashed" | "page_left" | "browser_died" | "proxy_failed" | "no_memory" | "recycled" | "browser_missing" | "thread_died" | "profile_in_use" | "profile_damaged" | "start_timeout" | "unknown_step" | "qr_expired" | "conflict" | "logged_out_on_phone" | "logged_out_here" | "logout_failed" | "banned" | "tos_block" | "sandbox_unreachable" | "lease_lost" | "no_node" | "driver_error" | "crash_loop" | "node_stopping" | "moving" | "tenant_suspended" | "restored";
				/** @description What the state was derived from: the page, the socket and the last acknowledgement */
				evidence: {
					[key: string]: string | number | boolean | null;
				};
				/** @description The linked account; null before the first link */
				me?: {
					/** @description WhatsApp id, such as 15550100001@c.us or 1203…@g.us; …@lid for a person whose number is hidden */
					chatId: string;
					/** @description E.164 with +; null when unknown or not a person */
					phone: string | null;
					/** @description Privacy id (…@lid); null when unknown */
					lid: string | null;
					/** @description Its name */
					name: string | null;
				};
			};
		};
		/**
		 * @description A session was linked to another account while messages waited; its queue is paused until it is resumed. Requires the permission `session:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "session.account_changed",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "previous": {
		 *           "chatId": "15550100001@c.us",
		 *           "phone": "+15550100001",
		 *           "lid": null
		 *         },
		 *         "current": {
		 *           "chatId": "15550100003@c.us",
		 *           "phone": "+15550100003",
		 *           "lid": null
		 *         },
		 *         "waiting": 3
		 *       }
		 *     }
		 */
		SessionAccountChangedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "session.account_changed";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The account that the messages were queued for */
				previous: components["schemas"]["Address"];
				/** @description The account that the session is linked to now */
				current: components["schemas"]["Address"];
				/** @description How many messages wait */
				waiting: number;
			};
		};
		/**
		 * @description A session is linked, but its page does not respond as it should. Requires the permission `session:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "session.degraded",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "state": "degraded",
		 *         "reason": "page_frozen",
		 *         "evidence": {
		 *           "browser": "up",
		 *           "page": "frozen"
		 *         }
		 *       }
		 *     }
		 */
		SessionDegradedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "session.degraded";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/**
				 * @description stopped: Not running. starting: Starting. qr: Waiting for the QR code to be scanned. pairing: Waiting for the pairing code to be entered on the phone. syncing: Linked, loading chats. connected: Connected. degraded: Linked, but not responding properly. reconnecting: Connection lost, trying again. logged_out: The phone has removed this device. failed: Cannot start; see the reason
				 * @enum {string}
				 */
				state: "stopped" | "starting" | "qr" | "pairing" | "syncing" | "connected" | "degraded" | "reconnecting" | "logged_out" | "failed";
				/**
				 * @description Why it is in this state
				 * @enum {string}
				 */
				reason: "created" | "requested" | "autostart" | "link_required" | "linked" | "network_lost" | "network_back" | "not_acknowledged" | "page_frozen" | "page_crashed" | "page_left" | "browser_died" | "proxy_failed" | "no_memory" | "recycled" | "browser_missing" | "thread_died" | "profile_in_use" | "profile_damaged" | "start_timeout" | "unknown_step" | "qr_expired" | "conflict" | "logged_out_on_phone" | "logged_out_here" | "logout_failed" | "banned" | "tos_block" | "sandbox_unreachable" | "lease_lost" | "no_node" | "driver_error" | "crash_loop" | "node_stopping" | "moving" | "tenant_suspended" | "restored";
				/** @description What the state was derived from: the page, the socket and the last acknowledgement */
				evidence: {
					[key: string]: string | number | boolean | null;
				};
				/** @description The linked account; null before the first link */
				me?: {
					/** @description WhatsApp id, such as 15550100001@c.us or 1203…@g.us; …@lid for a person whose number is hidden */
					chatId: string;
					/** @description E.164 with +; null when unknown or not a person */
					phone: string | null;
					/** @description Privacy id (…@lid); null when unknown */
					lid: string | null;
					/** @description Its name */
					name: string | null;
				};
			};
		};
		/**
		 * @description A session lost its connection and reconnects, or was stopped; see `state`. Requires the permission `session:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "session.disconnected",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "state": "stopped",
		 *         "reason": "requested",
		 *         "evidence": {}
		 *       }
		 *     }
		 */
		SessionDisconnectedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "session.disconnected";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/**
				 * @description stopped: Not running. starting: Starting. qr: Waiting for the QR code to be scanned. pairing: Waiting for the pairing code to be entered on the phone. syncing: Linked, loading chats. connected: Connected. degraded: Linked, but not responding properly. reconnecting: Connection lost, trying again. logged_out: The phone has removed this device. failed: Cannot start; see the reason
				 * @enum {string}
				 */
				state: "stopped" | "starting" | "qr" | "pairing" | "syncing" | "connected" | "degraded" | "reconnecting" | "logged_out" | "failed";
				/**
				 * @description Why it is in this state
				 * @enum {string}
				 */
				reason: "created" | "requested" | "autostart" | "link_required" | "linked" | "network_lost" | "network_back" | "not_acknowledged" | "page_frozen" | "page_crashed" | "page_left" | "browser_died" | "proxy_failed" | "no_memory" | "recycled" | "browser_missing" | "thread_died" | "profile_in_use" | "profile_damaged" | "start_timeout" | "unknown_step" | "qr_expired" | "conflict" | "logged_out_on_phone" | "logged_out_here" | "logout_failed" | "banned" | "tos_block" | "sandbox_unreachable" | "lease_lost" | "no_node" | "driver_error" | "crash_loop" | "node_stopping" | "moving" | "tenant_suspended" | "restored";
				/** @description What the state was derived from: the page, the socket and the last acknowledgement */
				evidence: {
					[key: string]: string | number | boolean | null;
				};
				/** @description The linked account; null before the first link */
				me?: {
					/** @description WhatsApp id, such as 15550100001@c.us or 1203…@g.us; …@lid for a person whose number is hidden */
					chatId: string;
					/** @description E.164 with +; null when unknown or not a person */
					phone: string | null;
					/** @description Privacy id (…@lid); null when unknown */
					lid: string | null;
					/** @description Its name */
					name: string | null;
				};
			};
		};
		/**
		 * @description The device was removed from the account; the session must be paired again. Requires the permission `session:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "session.logged_out",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "state": "logged_out",
		 *         "reason": "logged_out_on_phone",
		 *         "evidence": {}
		 *       }
		 *     }
		 */
		SessionLoggedOutEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "session.logged_out";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/**
				 * @description stopped: Not running. starting: Starting. qr: Waiting for the QR code to be scanned. pairing: Waiting for the pairing code to be entered on the phone. syncing: Linked, loading chats. connected: Connected. degraded: Linked, but not responding properly. reconnecting: Connection lost, trying again. logged_out: The phone has removed this device. failed: Cannot start; see the reason
				 * @enum {string}
				 */
				state: "stopped" | "starting" | "qr" | "pairing" | "syncing" | "connected" | "degraded" | "reconnecting" | "logged_out" | "failed";
				/**
				 * @description Why it is in this state
				 * @enum {string}
				 */
				reason: "created" | "requested" | "autostart" | "link_required" | "linked" | "network_lost" | "network_back" | "not_acknowledged" | "page_frozen" | "page_crashed" | "page_left" | "browser_died" | "proxy_failed" | "no_memory" | "recycled" | "browser_missing" | "thread_died" | "profile_in_use" | "profile_damaged" | "start_timeout" | "unknown_step" | "qr_expired" | "conflict" | "logged_out_on_phone" | "logged_out_here" | "logout_failed" | "banned" | "tos_block" | "sandbox_unreachable" | "lease_lost" | "no_node" | "driver_error" | "crash_loop" | "node_stopping" | "moving" | "tenant_suspended" | "restored";
				/** @description What the state was derived from: the page, the socket and the last acknowledgement */
				evidence: {
					[key: string]: string | number | boolean | null;
				};
				/** @description The linked account; null before the first link */
				me?: {
					/** @description WhatsApp id, such as 15550100001@c.us or 1203…@g.us; …@lid for a person whose number is hidden */
					chatId: string;
					/** @description E.164 with +; null when unknown or not a person */
					phone: string | null;
					/** @description Privacy id (…@lid); null when unknown */
					lid: string | null;
					/** @description Its name */
					name: string | null;
				};
			};
		};
		/**
		 * @description A session cannot run until it is started again; see `reason`. Requires the permission `session:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "session.failed",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "state": "failed",
		 *         "reason": "conflict",
		 *         "evidence": {}
		 *       }
		 *     }
		 */
		SessionFailedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "session.failed";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/**
				 * @description stopped: Not running. starting: Starting. qr: Waiting for the QR code to be scanned. pairing: Waiting for the pairing code to be entered on the phone. syncing: Linked, loading chats. connected: Connected. degraded: Linked, but not responding properly. reconnecting: Connection lost, trying again. logged_out: The phone has removed this device. failed: Cannot start; see the reason
				 * @enum {string}
				 */
				state: "stopped" | "starting" | "qr" | "pairing" | "syncing" | "connected" | "degraded" | "reconnecting" | "logged_out" | "failed";
				/**
				 * @description Why it is in this state
				 * @enum {string}
				 */
				reason: "created" | "requested" | "autostart" | "link_required" | "linked" | "network_lost" | "network_back" | "not_acknowledged" | "page_frozen" | "page_crashed" | "page_left" | "browser_died" | "proxy_failed" | "no_memory" | "recycled" | "browser_missing" | "thread_died" | "profile_in_use" | "profile_damaged" | "start_timeout" | "unknown_step" | "qr_expired" | "conflict" | "logged_out_on_phone" | "logged_out_here" | "logout_failed" | "banned" | "tos_block" | "sandbox_unreachable" | "lease_lost" | "no_node" | "driver_error" | "crash_loop" | "node_stopping" | "moving" | "tenant_suspended" | "restored";
				/** @description What the state was derived from: the page, the socket and the last acknowledgement */
				evidence: {
					[key: string]: string | number | boolean | null;
				};
				/** @description The linked account; null before the first link */
				me?: {
					/** @description WhatsApp id, such as 15550100001@c.us or 1203…@g.us; …@lid for a person whose number is hidden */
					chatId: string;
					/** @description E.164 with +; null when unknown or not a person */
					phone: string | null;
					/** @description Privacy id (…@lid); null when unknown */
					lid: string | null;
					/** @description Its name */
					name: string | null;
				};
			};
		};
		/**
		 * @description An outbound message entered the queue. Requires the permission `message:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "message.queued",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "messageId": "msg_0195536fa1d47c3e9b0a4c6d8e2f1a70",
		 *         "chatId": "15550100002@c.us",
		 *         "type": "text",
		 *         "clientRef": null,
		 *         "status": "queued"
		 *       }
		 *     }
		 */
		MessageQueuedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "message.queued";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The message's id (msg_…) */
				messageId: string;
				/** @description WhatsApp's id of the message */
				waId?: string;
				/** @description WhatsApp's id of the chat or person: …@c.us, …@lid, or …@g.us for a group */
				chatId: string;
				/**
				 * @description What kind it is
				 * @enum {string}
				 */
				type: "text" | "image" | "video" | "gif" | "audio" | "voice" | "document" | "sticker" | "location" | "contact" | "poll" | "list" | "buttons" | "event" | "pix" | "order" | "reaction" | "forward" | "edit" | "revoke" | "unknown";
				/**
				 * @description The current status
				 * @enum {string}
				 */
				status: "queued" | "sent" | "delivered" | "read" | "played" | "failed" | "expired" | "cancelled";
				/**
				 * @description The status before
				 * @enum {string}
				 */
				previousStatus?: "scheduled" | "queued" | "sending" | "sent" | "delivered" | "read" | "played" | "failed" | "expired" | "cancelled" | "received";
				/** @description The id that the client gave to the message; null without one */
				clientRef: string | null;
				/** @description Why it failed or expired, or why its last attempt failed */
				error?: {
					/** @description A stable code for programs */
					code: string;
					/** @description An explanation for people */
					detail: string | null;
				};
			};
		};
		/**
		 * @description WhatsApp's server has an outbound message; with `message` it was sent from another device of the account. Requires the permission `message:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "message.sent",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "messageId": "msg_0195536fa1d47c3e9b0a4c6d8e2f1a70",
		 *         "waId": "3EB0C767D097B7C0B1D2AF",
		 *         "chatId": "15550100002@c.us",
		 *         "type": "text",
		 *         "status": "sent",
		 *         "previousStatus": "sending",
		 *         "clientRef": null
		 *       }
		 *     }
		 */
		MessageSentEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "message.sent";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The message's id (msg_…) */
				messageId: string;
				/** @description WhatsApp's id of the message */
				waId: string;
				/** @description WhatsApp's id of the chat or person: …@c.us, …@lid, or …@g.us for a group */
				chatId: string;
				/**
				 * @description What kind it is
				 * @enum {string}
				 */
				type: "text" | "image" | "video" | "gif" | "audio" | "voice" | "document" | "sticker" | "location" | "contact" | "poll" | "list" | "buttons" | "event" | "pix" | "order" | "reaction" | "forward" | "edit" | "revoke" | "unknown";
				/**
				 * @description The current status
				 * @enum {string}
				 */
				status: "queued" | "sent" | "delivered" | "read" | "played" | "failed" | "expired" | "cancelled";
				/**
				 * @description The status before
				 * @enum {string}
				 */
				previousStatus: "scheduled" | "queued" | "sending" | "sent" | "delivered" | "read" | "played" | "failed" | "expired" | "cancelled" | "received";
				/** @description The id that the client gave to the message; null without one */
				clientRef: string | null;
				/** @description Why it failed or expired, or why its last attempt failed */
				error?: {
					/** @description A stable code for programs */
					code: string;
					/** @description An explanation for people */
					detail: string | null;
				};
			} | {
				/** @description The message's id (msg_…) */
				messageId: string;
				/** @description WhatsApp's id of the chat or person: …@c.us, …@lid, or …@g.us for a group */
				chatId: string;
				message: components["schemas"]["Message"];
			};
		};
		Message: {
			/** @description The id that requests name it by */
			id: string;
			/** @description The session's id (ses_…) */
			sessionId: string;
			/**
			 * @description outbound: from the account; inbound: to it
			 * @enum {string}
			 */
			direction: "outbound" | "inbound";
			/**
			 * @description What kind it is
			 * @enum {string}
			 */
			type: "text" | "image" | "video" | "gif" | "audio" | "voice" | "document" | "sticker" | "location" | "contact" | "poll" | "list" | "buttons" | "event" | "pix" | "order" | "reaction" | "forward" | "edit" | "revoke" | "unknown";
			chat: components["schemas"]["Address"];
			/** @description Who wrote it; null for outbound */
			from: components["schemas"]["Address"] | null;
			/** @description The name that the person has chosen; null when unknown */
			pushName: string | null;
			/**
			 * @description The current status
			 * @enum {string}
			 */
			status: "scheduled" | "queued" | "sending" | "sent" | "delivered" | "read" | "played" | "failed" | "expired" | "cancelled" | "received";
			/** @description The text, or the caption of media */
			text: string | null;
			content: components["schemas"]["MessageContent"];
			/** @description The file; null for a message without one */
			media: {
				/** @description The media type, such as image/png */
				mimetype: string;
				/** @description The name of the file; null without one */
				filename: string | null;
				/** @description In bytes */
				size: number;
				/** @description The URL */
				url: string;
			} | null;
			/** @description The `id` of the message that this one answers; null when it answers none, or one that is not stored */
			replyTo: string | null;
			/** @description People whom the text mentions as @number */
			mentions: string[];
			/** @description Emoji by the chat id of the person who reacted */
			reactions: {
				[key: string]: string;
			};
			/** @description WhatsApp's id of the message; for an outbound message it is chosen on acceptance */
			waId: string;
			/** @description WhatsApp's whole key, `<fromMe>_<chat>_<waId>`, in groups with the author; null until it is sent */
			waKey: string | null;
			/** @description The id that the client gave to the message; null without one */
			clientRef: string | null;
			/** @description The batch that the message belongs to; null for a message that was sent alone */
			batchId: string | null;
			/** @description The message that this one repeats; null when it repeats none */
			retryOf: string | null;
			/**
			 * @description The queue sends high before normal, and normal before low
			 * @enum {string}
			 */
			priority: "high" | "normal" | "low";
			/** @description How often it was tried */
			attempts: number;
			/** @description Why it failed, or why it waits. Final codes: number_not_on_whatsapp, invalid_recipient, not_group_member, group_admin_only, target_not_found, too_late_to_change, media_missing, media_rejected, unsupported_by_driver, business_only, rejected_by_network, attempts_exhausted, account_changed, session_deleted */
			error: {
				/** @description A stable code for programs */
				code: string;
				/** @description An explanation for people */
				detail: string | null;
			} | null;
			/** @description For a queued message: what it waits for, such as session_not_connected */
			waiting: string | null;
			/** @description When it is due; null for immediately */
			sendAt: string | null;
			/** @description When it stops being valid; null for never */
			expiresAt: string | null;
			/** @description When the text was changed; null when it was not */
			editedAt: string | null;
			/** @description When it was deleted for everyone; null when it was not */
			revokedAt: string | null;
			/**
			 * Format: date-time
			 * @description When it was created
			 */
			createdAt: string;
			/**
			 * Format: date-time
			 * @description When it was last changed
			 */
			updatedAt: string;
		};
		/** @description The rest of the content; which fields there are depends on the type */
		MessageContent: {
			/** @description Degrees north of the equator */
			latitude?: number;
			/** @description Degrees east of Greenwich */
			longitude?: number;
			/** @description The name of a place */
			name?: string;
			/** @description The address of a place, below its name */
			address?: string;
			/** @description Contact cards */
			contacts?: {
				/** @description Its name */
				name: string;
				/** @description The first number; empty when the card has none */
				phone: string;
				/** @description Further numbers */
				otherPhones?: {
					/** @description A phone number, E.164 with or without + */
					phone: string;
					/** @description Such as HOME or WORK */
					label?: string;
				}[];
				/** @description Where the person works */
				organization?: string;
				/** @description E-mail addresses */
				emails?: string[];
			}[];
			/** @description The question of a poll */
			question?: string;
			/** @description The options of a poll, or those that were chosen */
			options?: string[];
			/** @description How many options one person can choose; 0 for any number */
			selectableCount?: number;
			/** @description The emoji */
			emoji?: string;
			/** @description Whether the media can be opened only once */
			viewOnce?: boolean;
			/** @description Whether to show a preview of the first link */
			linkPreview?: boolean;
			/** @description It mentions everyone in the group */
			mentionAll?: boolean;
			/** @description The length of a voice message */
			seconds?: number;
			/** @description 64 samples of a voice message's loudness, from 0 to 100 */
			waveform?: number[];
			/** @description Of a list, of buttons or of an order */
			title?: string;
			/** @description Below a list or buttons */
			footer?: string;
			/** @description The button that opens a list */
			buttonText?: string;
			/** @description The sections of a list */
			sections?: {
				/** @description The meaning of the code, for people */
				title: string;
				/** @description What can be chosen */
				rows: {
					/** @description The id that requests name it by */
					id: string;
					/** @description The meaning of the code, for people */
					title: string;
					/** @description A description; empty or null without one */
					description?: string;
				}[];
			}[];
			/** @description Each answers (`id`), calls (`phone`), opens (`url`) or copies (`code`) */
			buttons?: {
				/** @description The text */
				text: string;
				/** @description The id that requests name it by */
				id?: string;
				/** @description A phone number, E.164 with or without + */
				phone?: string;
				/** @description The URL */
				url?: string;
				/** @description A stable code for programs */
				code?: string;
			}[];
			/** @description Of a text: the row or button that the person chose */
			selectedId?: string;
			/** @description Of an event */
			description?: string;
			/** @description Of an event */
			startsAt?: string;
			/** @description Of an event */
			endsAt?: string;
			/** @description Where an event takes place */
			place?: {
				/** @description Its name */
				name: string;
				/** @description Degrees north of the equator */
				latitude: number;
				/** @description Degrees east of Greenwich */
				longitude: number;
			};
			/** @description Of an event: voice or video */
			call?: string;
			/** @description Of a Pix key */
			keyType?: string;
			/** @description A Pix key */
			key?: string;
			/** @description With a Pix key */
			instructions?: string;
			/** @description What is to be paid; prices in thousandths of the unit of the currency */
			items?: {
				/** @description Its name */
				name: string;
				/** @description How many of it */
				quantity: number;
				/** @description Of one */
				price: number;
			}[];
			/** @description Is taken off */
			discount?: number;
			/** @description Is added */
			tax?: number;
			/** @description Is added */
			shipping?: number;
			/** @description What is to be paid, or was ordered */
			total?: number;
			/** @description ISO 4217 */
			currency?: string;
			/** @description What a customer has ordered from the catalog */
			orderId?: string;
			/** @description Needed to read that order */
			token?: string;
			/** @description How many items were ordered */
			itemCount?: number;
			/** @description WhatsApp's name for a type that is not supported */
			kind?: string;
		} & {
			[key: string]: unknown;
		};
		/**
		 * @description An outbound message arrived on the recipient's device. Requires the permission `message:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "message.delivered",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "messageId": "msg_0195536fa1d47c3e9b0a4c6d8e2f1a70",
		 *         "waId": "3EB0C767D097B7C0B1D2AF",
		 *         "chatId": "15550100002@c.us",
		 *         "type": "text",
		 *         "status": "delivered",
		 *         "previousStatus": "sent",
		 *         "clientRef": null
		 *       }
		 *     }
		 */
		MessageDeliveredEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "message.delivered";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The message's id (msg_…) */
				messageId: string;
				/** @description WhatsApp's id of the message */
				waId: string;
				/** @description WhatsApp's id of the chat or person: …@c.us, …@lid, or …@g.us for a group */
				chatId: string;
				/**
				 * @description What kind it is
				 * @enum {string}
				 */
				type: "text" | "image" | "video" | "gif" | "audio" | "voice" | "document" | "sticker" | "location" | "contact" | "poll" | "list" | "buttons" | "event" | "pix" | "order" | "reaction" | "forward" | "edit" | "revoke" | "unknown";
				/**
				 * @description The current status
				 * @enum {string}
				 */
				status: "queued" | "sent" | "delivered" | "read" | "played" | "failed" | "expired" | "cancelled";
				/**
				 * @description The status before
				 * @enum {string}
				 */
				previousStatus: "scheduled" | "queued" | "sending" | "sent" | "delivered" | "read" | "played" | "failed" | "expired" | "cancelled" | "received";
				/** @description The id that the client gave to the message; null without one */
				clientRef: string | null;
				/** @description Why it failed or expired, or why its last attempt failed */
				error?: {
					/** @description A stable code for programs */
					code: string;
					/** @description An explanation for people */
					detail: string | null;
				};
			};
		};
		/**
		 * @description The recipient read an outbound message. Requires the permission `message:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "message.read",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "messageId": "msg_0195536fa1d47c3e9b0a4c6d8e2f1a70",
		 *         "waId": "3EB0C767D097B7C0B1D2AF",
		 *         "chatId": "15550100002@c.us",
		 *         "type": "text",
		 *         "status": "read",
		 *         "previousStatus": "delivered",
		 *         "clientRef": null
		 *       }
		 *     }
		 */
		MessageReadEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "message.read";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The message's id (msg_…) */
				messageId: string;
				/** @description WhatsApp's id of the message */
				waId: string;
				/** @description WhatsApp's id of the chat or person: …@c.us, …@lid, or …@g.us for a group */
				chatId: string;
				/**
				 * @description What kind it is
				 * @enum {string}
				 */
				type: "text" | "image" | "video" | "gif" | "audio" | "voice" | "document" | "sticker" | "location" | "contact" | "poll" | "list" | "buttons" | "event" | "pix" | "order" | "reaction" | "forward" | "edit" | "revoke" | "unknown";
				/**
				 * @description The current status
				 * @enum {string}
				 */
				status: "queued" | "sent" | "delivered" | "read" | "played" | "failed" | "expired" | "cancelled";
				/**
				 * @description The status before
				 * @enum {string}
				 */
				previousStatus: "scheduled" | "queued" | "sending" | "sent" | "delivered" | "read" | "played" | "failed" | "expired" | "cancelled" | "received";
				/** @description The id that the client gave to the message; null without one */
				clientRef: string | null;
				/** @description Why it failed or expired, or why its last attempt failed */
				error?: {
					/** @description A stable code for programs */
					code: string;
					/** @description An explanation for people */
					detail: string | null;
				};
			};
		};
		/**
		 * @description The recipient played an outbound voice message. Requires the permission `message:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "message.played",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "messageId": "msg_0195536fa1d47c3e9b0a4c6d8e2f1a70",
		 *         "waId": "3EB0C767D097B7C0B1D2AF",
		 *         "chatId": "15550100002@c.us",
		 *         "type": "voice",
		 *         "status": "played",
		 *         "previousStatus": "read",
		 *         "clientRef": null
		 *       }
		 *     }
		 */
		MessagePlayedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "message.played";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The message's id (msg_…) */
				messageId: string;
				/** @description WhatsApp's id of the message */
				waId: string;
				/** @description WhatsApp's id of the chat or person: …@c.us, …@lid, or …@g.us for a group */
				chatId: string;
				/**
				 * @description What kind it is
				 * @enum {string}
				 */
				type: "text" | "image" | "video" | "gif" | "audio" | "voice" | "document" | "sticker" | "location" | "contact" | "poll" | "list" | "buttons" | "event" | "pix" | "order" | "reaction" | "forward" | "edit" | "revoke" | "unknown";
				/**
				 * @description The current status
				 * @enum {string}
				 */
				status: "queued" | "sent" | "delivered" | "read" | "played" | "failed" | "expired" | "cancelled";
				/**
				 * @description The status before
				 * @enum {string}
				 */
				previousStatus: "scheduled" | "queued" | "sending" | "sent" | "delivered" | "read" | "played" | "failed" | "expired" | "cancelled" | "received";
				/** @description The id that the client gave to the message; null without one */
				clientRef: string | null;
				/** @description Why it failed or expired, or why its last attempt failed */
				error?: {
					/** @description A stable code for programs */
					code: string;
					/** @description An explanation for people */
					detail: string | null;
				};
			};
		};
		/**
		 * @description An outbound message failed for good; see `error`. Requires the permission `message:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "message.failed",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "messageId": "msg_0195536fa1d47c3e9b0a4c6d8e2f1a70",
		 *         "waId": "3EB0C767D097B7C0B1D2AF",
		 *         "chatId": "15550100002@c.us",
		 *         "type": "text",
		 *         "status": "failed",
		 *         "previousStatus": "sending",
		 *         "clientRef": null,
		 *         "error": {
		 *           "code": "number_not_on_whatsapp",
		 *           "detail": "+15550100002 is not on WhatsApp"
		 *         }
		 *       }
		 *     }
		 */
		MessageFailedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "message.failed";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The message's id (msg_…) */
				messageId: string;
				/** @description WhatsApp's id of the message */
				waId: string;
				/** @description WhatsApp's id of the chat or person: …@c.us, …@lid, or …@g.us for a group */
				chatId: string;
				/**
				 * @description What kind it is
				 * @enum {string}
				 */
				type: "text" | "image" | "video" | "gif" | "audio" | "voice" | "document" | "sticker" | "location" | "contact" | "poll" | "list" | "buttons" | "event" | "pix" | "order" | "reaction" | "forward" | "edit" | "revoke" | "unknown";
				/**
				 * @description The current status
				 * @enum {string}
				 */
				status: "queued" | "sent" | "delivered" | "read" | "played" | "failed" | "expired" | "cancelled";
				/**
				 * @description The status before
				 * @enum {string}
				 */
				previousStatus: "scheduled" | "queued" | "sending" | "sent" | "delivered" | "read" | "played" | "failed" | "expired" | "cancelled" | "received";
				/** @description The id that the client gave to the message; null without one */
				clientRef: string | null;
				/** @description Why it failed or expired, or why its last attempt failed */
				error?: {
					/** @description A stable code for programs */
					code: string;
					/** @description An explanation for people */
					detail: string | null;
				};
			};
		};
		/**
		 * @description An outbound message was not sent before its `expiresAt`. Requires the permission `message:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "message.expired",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "messageId": "msg_0195536fa1d47c3e9b0a4c6d8e2f1a70",
		 *         "waId": "3EB0C767D097B7C0B1D2AF",
		 *         "chatId": "15550100002@c.us",
		 *         "type": "text",
		 *         "status": "expired",
		 *         "previousStatus": "queued",
		 *         "clientRef": null,
		 *         "error": {
		 *           "code": "expired",
		 *           "detail": "it was not sent before its expiresAt"
		 *         }
		 *       }
		 *     }
		 */
		MessageExpiredEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "message.expired";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The message's id (msg_…) */
				messageId: string;
				/** @description WhatsApp's id of the message */
				waId: string;
				/** @description WhatsApp's id of the chat or person: …@c.us, …@lid, or …@g.us for a group */
				chatId: string;
				/**
				 * @description What kind it is
				 * @enum {string}
				 */
				type: "text" | "image" | "video" | "gif" | "audio" | "voice" | "document" | "sticker" | "location" | "contact" | "poll" | "list" | "buttons" | "event" | "pix" | "order" | "reaction" | "forward" | "edit" | "revoke" | "unknown";
				/**
				 * @description The current status
				 * @enum {string}
				 */
				status: "queued" | "sent" | "delivered" | "read" | "played" | "failed" | "expired" | "cancelled";
				/**
				 * @description The status before
				 * @enum {string}
				 */
				previousStatus: "scheduled" | "queued" | "sending" | "sent" | "delivered" | "read" | "played" | "failed" | "expired" | "cancelled" | "received";
				/** @description The id that the client gave to the message; null without one */
				clientRef: string | null;
				/** @description Why it failed or expired, or why its last attempt failed */
				error?: {
					/** @description A stable code for programs */
					code: string;
					/** @description An explanation for people */
					detail: string | null;
				};
			};
		};
		/**
		 * @description An outbound message was cancelled before it was sent. Requires the permission `message:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "message.cancelled",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "messageId": "msg_0195536fa1d47c3e9b0a4c6d8e2f1a70",
		 *         "waId": "3EB0C767D097B7C0B1D2AF",
		 *         "chatId": "15550100002@c.us",
		 *         "type": "text",
		 *         "status": "cancelled",
		 *         "previousStatus": "scheduled",
		 *         "clientRef": null
		 *       }
		 *     }
		 */
		MessageCancelledEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "message.cancelled";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The message's id (msg_…) */
				messageId: string;
				/** @description WhatsApp's id of the message */
				waId: string;
				/** @description WhatsApp's id of the chat or person: …@c.us, …@lid, or …@g.us for a group */
				chatId: string;
				/**
				 * @description What kind it is
				 * @enum {string}
				 */
				type: "text" | "image" | "video" | "gif" | "audio" | "voice" | "document" | "sticker" | "location" | "contact" | "poll" | "list" | "buttons" | "event" | "pix" | "order" | "reaction" | "forward" | "edit" | "revoke" | "unknown";
				/**
				 * @description The current status
				 * @enum {string}
				 */
				status: "queued" | "sent" | "delivered" | "read" | "played" | "failed" | "expired" | "cancelled";
				/**
				 * @description The status before
				 * @enum {string}
				 */
				previousStatus: "scheduled" | "queued" | "sending" | "sent" | "delivered" | "read" | "played" | "failed" | "expired" | "cancelled" | "received";
				/** @description The id that the client gave to the message; null without one */
				clientRef: string | null;
				/** @description Why it failed or expired, or why its last attempt failed */
				error?: {
					/** @description A stable code for programs */
					code: string;
					/** @description An explanation for people */
					detail: string | null;
				};
			};
		};
		/**
		 * @description The account received a message. Requires the permission `message:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "message.received",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "messageId": "msg_0195536fa1d47c3e9b0a4c6d8e2f1a70",
		 *         "chatId": "15550100002@c.us",
		 *         "message": {
		 *           "id": "msg_0195536fa1d47c3e9b0a4c6d8e2f1a70",
		 *           "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *           "direction": "inbound",
		 *           "type": "text",
		 *           "chat": {
		 *             "chatId": "15550100002@c.us",
		 *             "phone": "+15550100002",
		 *             "lid": "20015550100002@lid"
		 *           },
		 *           "from": {
		 *             "chatId": "15550100002@c.us",
		 *             "phone": "+15550100002",
		 *             "lid": "20015550100002@lid"
		 *           },
		 *           "pushName": "Ana",
		 *           "status": "received",
		 *           "text": "Is my order on its way?",
		 *           "content": {},
		 *           "media": null,
		 *           "replyTo": null,
		 *           "mentions": [],
		 *           "reactions": {},
		 *           "waId": "3EB0A1B2C3D4E5F6071829",
		 *           "waKey": "false_15550100002@c.us_3EB0A1B2C3D4E5F6071829",
		 *           "clientRef": null,
		 *           "batchId": null,
		 *           "retryOf": null,
		 *           "priority": "normal",
		 *           "attempts": 0,
		 *           "error": null,
		 *           "waiting": null,
		 *           "sendAt": null,
		 *           "expiresAt": null,
		 *           "editedAt": null,
		 *           "revokedAt": null,
		 *           "createdAt": "2026-03-02T14:05:11.204Z",
		 *           "updatedAt": "2026-03-02T14:05:11.204Z"
		 *         }
		 *       }
		 *     }
		 */
		MessageReceivedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "message.received";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The message's id (msg_…) */
				messageId: string;
				/** @description WhatsApp's id of the chat or person: …@c.us, …@lid, or …@g.us for a group */
				chatId: string;
				message: components["schemas"]["Message"];
			};
		};
		/**
		 * @description The text of a message was changed. Requires the permission `message:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "message.edited",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "messageId": "msg_0195536fa1d47c3e9b0a4c6d8e2f1a70",
		 *         "key": "true_15550100002@c.us_3EB0C767D097B7C0B1D2AF",
		 *         "chatId": "15550100002@c.us",
		 *         "at": "2026-03-02T14:05:11.000Z",
		 *         "text": "It arrives on Tuesday"
		 *       }
		 *     }
		 */
		MessageEditedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "message.edited";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description null when the message is not stored here */
				messageId: string | null;
				/** @description WhatsApp's key of the message */
				key: string;
				/** @description WhatsApp's id of the chat or person: …@c.us, …@lid, or …@g.us for a group */
				chatId: string;
				/**
				 * Format: date-time
				 * @description When it happened
				 */
				at: string;
				/** @description The text */
				text: string;
			};
		};
		/**
		 * @description A message was deleted for everyone. Requires the permission `message:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "message.revoked",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "messageId": "msg_0195536fa1d47c3e9b0a4c6d8e2f1a70",
		 *         "key": "true_15550100002@c.us_3EB0C767D097B7C0B1D2AF",
		 *         "chatId": "15550100002@c.us",
		 *         "at": "2026-03-02T14:05:11.000Z",
		 *         "by": {
		 *           "chatId": "15550100002@c.us",
		 *           "phone": "+15550100002",
		 *           "lid": "20015550100002@lid"
		 *         }
		 *       }
		 *     }
		 */
		MessageRevokedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "message.revoked";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description null when the message is not stored here */
				messageId: string | null;
				/** @description WhatsApp's key of the message */
				key: string;
				/** @description WhatsApp's id of the chat or person: …@c.us, …@lid, or …@g.us for a group */
				chatId: string;
				/**
				 * Format: date-time
				 * @description When it happened
				 */
				at: string;
				/** @description Who deleted it; null when unknown */
				by: components["schemas"]["Address"] | null;
			};
		};
		/**
		 * @description Someone reacted to a message, or took the reaction back. Requires the permission `message:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "message.reaction",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "messageId": "msg_0195536fa1d47c3e9b0a4c6d8e2f1a70",
		 *         "key": "true_15550100002@c.us_3EB0C767D097B7C0B1D2AF",
		 *         "chatId": "15550100002@c.us",
		 *         "at": "2026-03-02T14:05:11.000Z",
		 *         "from": {
		 *           "chatId": "15550100002@c.us",
		 *           "phone": "+15550100002",
		 *           "lid": "20015550100002@lid"
		 *         },
		 *         "emoji": "👍"
		 *       }
		 *     }
		 */
		MessageReactionEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "message.reaction";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description null when the message is not stored here */
				messageId: string | null;
				/** @description WhatsApp's key of the message */
				key: string;
				/** @description WhatsApp's id of the chat or person: …@c.us, …@lid, or …@g.us for a group */
				chatId: string;
				/**
				 * Format: date-time
				 * @description When it happened
				 */
				at: string;
				from: components["schemas"]["Address"];
				/** @description Empty when the reaction was taken back */
				emoji: string;
			};
		};
		/**
		 * @description Someone voted in a poll; `options` is the whole vote and replaces an earlier one. `GET /messages/:id/poll` has the tally. Requires the permission `message:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "message.poll_vote",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "messageId": "msg_0195536fa1d47c3e9b0a4c6d8e2f1a70",
		 *         "key": "true_15550100002@c.us_3EB0C767D097B7C0B1D2AF",
		 *         "chatId": "15550100002@c.us",
		 *         "at": "2026-03-02T14:05:11.000Z",
		 *         "from": {
		 *           "chatId": "15550100002@c.us",
		 *           "phone": "+15550100002",
		 *           "lid": "20015550100002@lid"
		 *         },
		 *         "options": [
		 *           "Tuesday"
		 *         ]
		 *       }
		 *     }
		 */
		MessagePollVoteEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "message.poll_vote";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description null when the message is not stored here */
				messageId: string | null;
				/** @description WhatsApp's key of the message */
				key: string;
				/** @description WhatsApp's id of the chat or person: …@c.us, …@lid, or …@g.us for a group */
				chatId: string;
				/**
				 * Format: date-time
				 * @description When it happened
				 */
				at: string;
				from: components["schemas"]["Address"];
				/** @description The options of a poll, or those that were chosen */
				options: string[];
			};
		};
		/**
		 * @description A chat was archived, pinned, muted, marked as read or unread, or changed otherwise. Requires the permission `chat:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "chat.updated",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "chat": {
		 *           "chatId": "15550100002@c.us",
		 *           "phone": "+15550100002",
		 *           "lid": "20015550100002@lid"
		 *         },
		 *         "name": "Ana",
		 *         "unread": 0,
		 *         "lastAt": "2026-03-02T14:05:11.000Z",
		 *         "archived": true,
		 *         "pinned": false,
		 *         "mutedUntil": null
		 *       }
		 *     }
		 */
		ChatUpdatedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "chat.updated";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			data: components["schemas"]["Chat"];
		};
		Chat: {
			chat: components["schemas"]["Address"];
			/** @description Its name */
			name: string | null;
			/** @description Number of unread messages; at least 1 for a chat that was marked as unread */
			unread: number;
			/** @description Time of the last one; null when there is none */
			lastAt: string | null;
			/** @description Whether the chat is archived */
			archived: boolean;
			/** @description Whether the chat is pinned */
			pinned: boolean;
			/** @description Until when the chat is muted; null when it is not */
			mutedUntil: string | null;
		};
		/**
		 * @description A contact was blocked or unblocked, or its name changed. Requires the permission `contact:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "contact.updated",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "contact": {
		 *           "chatId": "15550100002@c.us",
		 *           "phone": "+15550100002",
		 *           "lid": "20015550100002@lid"
		 *         },
		 *         "name": "Ana Souza",
		 *         "pushName": "Ana",
		 *         "isBusiness": false,
		 *         "blocked": true
		 *       }
		 *     }
		 */
		ContactUpdatedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "contact.updated";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				contact: components["schemas"]["Address"];
				/** @description Name in the phone's address book */
				name: string | null;
				/** @description Name that the person has chosen */
				pushName: string | null;
				/** @description Whether it is a business account */
				isBusiness: boolean;
				/** @description null when unknown */
				blocked: boolean | null;
			};
		};
		/**
		 * @description The account created a group or was added to one. Requires the permission `group:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "group.created",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "group": {
		 *           "id": "120363000000000001@g.us",
		 *           "name": "Deliveries",
		 *           "description": null,
		 *           "owner": {
		 *             "chatId": "15550100001@c.us",
		 *             "phone": "+15550100001",
		 *             "lid": "20015550100001@lid"
		 *           },
		 *           "createdAt": 1772460311000,
		 *           "participants": [
		 *             {
		 *               "address": {
		 *                 "chatId": "15550100001@c.us",
		 *                 "phone": "+15550100001",
		 *                 "lid": "20015550100001@lid"
		 *               },
		 *               "admin": true
		 *             },
		 *             {
		 *               "address": {
		 *                 "chatId": "15550100002@c.us",
		 *                 "phone": "+15550100002",
		 *                 "lid": "20015550100002@lid"
		 *               },
		 *               "admin": false
		 *             }
		 *           ],
		 *           "announce": false,
		 *           "locked": false,
		 *           "kind": "group",
		 *           "community": null,
		 *           "joinApproval": false,
		 *           "memberAdd": false,
		 *           "disappearAfter": 0
		 *         }
		 *       }
		 *     }
		 */
		GroupCreatedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "group.created";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The group after the change */
				group: {
					/** @description The id that requests name it by */
					id: string;
					/** @description Its name */
					name: string;
					/** @description A description; empty or null without one */
					description: string | null;
					/** @description Who created the group; null when unknown */
					owner: components["schemas"]["Address"] | null;
					/** @description Unix time in milliseconds */
					createdAt: number | null;
					/** @description People, each as a phone number or a WhatsApp id */
					participants: {
						address: components["schemas"]["Address"];
						/** @description Whether the participant is an admin */
						admin: boolean;
					}[];
					/** @description Only admins may send */
					announce: boolean;
					/** @description Only admins may change the group */
					locked: boolean;
					/**
					 * @description community: a roof for groups; announcements: the group of a community in which its admins write to all
					 * @enum {string}
					 */
					kind: "group" | "community" | "announcements";
					/** @description Id of the community that it belongs to */
					community: string | null;
					/** @description An admin must approve who joins by the invite link */
					joinApproval: boolean;
					/** @description Everyone may add people, not only admins */
					memberAdd: boolean;
					/** @description After how many seconds messages disappear; 0 for never */
					disappearAfter: number;
				};
			};
		};
		/**
		 * @description The name, description or settings of a group changed. Requires the permission `group:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "group.updated",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "group": {
		 *           "id": "120363000000000001@g.us",
		 *           "name": "Deliveries",
		 *           "description": "Who delivers what, and when",
		 *           "owner": {
		 *             "chatId": "15550100001@c.us",
		 *             "phone": "+15550100001",
		 *             "lid": "20015550100001@lid"
		 *           },
		 *           "createdAt": 1772460311000,
		 *           "participants": [
		 *             {
		 *               "address": {
		 *                 "chatId": "15550100001@c.us",
		 *                 "phone": "+15550100001",
		 *                 "lid": "20015550100001@lid"
		 *               },
		 *               "admin": true
		 *             },
		 *             {
		 *               "address": {
		 *                 "chatId": "15550100002@c.us",
		 *                 "phone": "+15550100002",
		 *                 "lid": "20015550100002@lid"
		 *               },
		 *               "admin": false
		 *             }
		 *           ],
		 *           "announce": false,
		 *           "locked": false,
		 *           "kind": "group",
		 *           "community": null,
		 *           "joinApproval": false,
		 *           "memberAdd": false,
		 *           "disappearAfter": 0
		 *         }
		 *       }
		 *     }
		 */
		GroupUpdatedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "group.updated";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The group after the change */
				group: {
					/** @description The id that requests name it by */
					id: string;
					/** @description Its name */
					name: string;
					/** @description A description; empty or null without one */
					description: string | null;
					/** @description Who created the group; null when unknown */
					owner: components["schemas"]["Address"] | null;
					/** @description Unix time in milliseconds */
					createdAt: number | null;
					/** @description People, each as a phone number or a WhatsApp id */
					participants: {
						address: components["schemas"]["Address"];
						/** @description Whether the participant is an admin */
						admin: boolean;
					}[];
					/** @description Only admins may send */
					announce: boolean;
					/** @description Only admins may change the group */
					locked: boolean;
					/**
					 * @description community: a roof for groups; announcements: the group of a community in which its admins write to all
					 * @enum {string}
					 */
					kind: "group" | "community" | "announcements";
					/** @description Id of the community that it belongs to */
					community: string | null;
					/** @description An admin must approve who joins by the invite link */
					joinApproval: boolean;
					/** @description Everyone may add people, not only admins */
					memberAdd: boolean;
					/** @description After how many seconds messages disappear; 0 for never */
					disappearAfter: number;
				};
			};
		};
		/**
		 * @description A community was created, or its name or description changed. Requires the permission `group:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "community.updated",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "community": {
		 *           "id": "120363000000000003@g.us",
		 *           "name": "House",
		 *           "description": "All floors"
		 *         }
		 *       }
		 *     }
		 */
		CommunityUpdatedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "community.updated";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The community as it is now */
				community: {
					/** @description The id that requests name it by */
					id: string;
					/** @description Its name */
					name: string;
					/** @description A description; empty or null without one */
					description: string | null;
				};
			};
		};
		/**
		 * @description Participants of a group were added, removed, promoted or demoted, or left. Requires the permission `group:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "group.participants",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "groupId": "120363000000000001@g.us",
		 *         "action": "add",
		 *         "who": [
		 *           {
		 *             "chatId": "15550100003@c.us",
		 *             "phone": "+15550100003",
		 *             "lid": "20015550100003@lid"
		 *           }
		 *         ],
		 *         "by": {
		 *           "chatId": "15550100001@c.us",
		 *           "phone": "+15550100001",
		 *           "lid": "20015550100001@lid"
		 *         }
		 *       }
		 *     }
		 */
		GroupParticipantsEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "group.participants";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description WhatsApp's id of the group (…@g.us) */
				groupId: string;
				/**
				 * @description What happened to the participants
				 * @enum {string}
				 */
				action: "add" | "remove" | "promote" | "demote" | "leave";
				/** @description The participants */
				who: components["schemas"]["Address"][];
				/** @description Who did it; null when unknown */
				by: components["schemas"]["Address"] | null;
			};
		};
		/**
		 * @description A label or list was created, changed or deleted, or put on chats or taken off. Requires the permission `label:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "label.updated",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "label": {
		 *           "id": "3",
		 *           "kind": "label",
		 *           "name": "New order",
		 *           "color": 3,
		 *           "chats": [
		 *             "15550100002@c.us"
		 *           ]
		 *         },
		 *         "deleted": false
		 *       }
		 *     }
		 */
		LabelUpdatedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "label.updated";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				label: components["schemas"]["Label"];
				/** @description Whether it no longer exists */
				deleted: boolean;
			};
		};
		Label: {
			/** @description The id that requests name it by */
			id: string;
			/**
			 * @description label: of a business account; list: of any other
			 * @enum {string}
			 */
			kind: "label" | "list";
			/** @description Its name */
			name: string;
			/** @description Index in WhatsApp's palette of 20 colors */
			color: number;
			/** @description The ids of the chats that carry it */
			chats: string[];
		};
		/**
		 * @description A channel that the account follows or owns was changed, or is gone: deleted, or no longer followed. Requires the permission `channel:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "channel.updated",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "channel": {
		 *           "id": "120363000000000002@newsletter",
		 *           "name": "Weather",
		 *           "description": "Every morning",
		 *           "invite": "0029VaAbCdEfGhIjKlMnOp",
		 *           "followers": 1204,
		 *           "role": "follower",
		 *           "muted": false,
		 *           "createdAt": "2026-03-02T14:05:11.000Z"
		 *         },
		 *         "gone": false
		 *       }
		 *     }
		 */
		ChannelUpdatedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "channel.updated";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				channel: components["schemas"]["Channel"];
				/** @description Whether it is no longer in the account's list */
				gone: boolean;
			};
		};
		Channel: {
			/** @description The id that requests name it by */
			id: string;
			/** @description Its name */
			name: string;
			/** @description A description; empty or null without one */
			description: string | null;
			/** @description The code in the link https://whatsapp.com/channel/… */
			invite: string;
			/** @description How many follow it */
			followers: number;
			/** @description null when the account does not follow it */
			role: ("owner" | "follower") | null;
			/** @description Whether its messages are shown without a notification */
			muted: boolean;
			/** @description When it was created */
			createdAt: string | null;
		};
		/**
		 * @description A message came in a channel that the account follows. Its media are not downloaded. Requires the permission `channel:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "channel.message",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "channelId": "120363000000000002@newsletter",
		 *         "id": "3EB0C431C26A1916E07A",
		 *         "kind": "chat",
		 *         "text": "Rain in the afternoon",
		 *         "at": "2026-03-02T14:05:11.000Z"
		 *       }
		 *     }
		 */
		ChannelMessageEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "channel.message";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description …@newsletter */
				channelId: string;
				/** @description WhatsApp's id of the message */
				id: string;
				/** @description In WhatsApp's words, such as chat, image or video */
				kind: string;
				/** @description The text, the caption or the question; null for none */
				text: string | null;
				/**
				 * Format: date-time
				 * @description When it happened
				 */
				at: string;
			};
		};
		/**
		 * @description A contact posted a status. Its media are not downloaded. Requires the permission `status:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "status.received",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "id": "3EB0C431C26A1916E07A",
		 *         "from": {
		 *           "chatId": "15550100002@c.us",
		 *           "phone": "+15550100002",
		 *           "lid": "20015550100002@lid"
		 *         },
		 *         "own": false,
		 *         "kind": "chat",
		 *         "text": "On the road",
		 *         "at": "2026-03-02T14:05:11.000Z"
		 *       }
		 *     }
		 */
		StatusReceivedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "status.received";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			data: components["schemas"]["Status"];
		};
		Status: {
			/** @description WhatsApp's id of the message */
			id: string;
			from: components["schemas"]["Address"];
			/** @description Whether it is the account's own */
			own: boolean;
			/** @description In WhatsApp's words, such as chat, image or video */
			kind: string;
			/** @description The text, or the caption; null for none */
			text: string | null;
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
		};
		/**
		 * @description A contact viewed a status of the account. Requires the permission `status:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "status.viewed",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "id": "3EB0C431C26A1916E07A",
		 *         "by": {
		 *           "chatId": "15550100002@c.us",
		 *           "phone": "+15550100002",
		 *           "lid": "20015550100002@lid"
		 *         },
		 *         "at": "2026-03-02T14:05:11.000Z"
		 *       }
		 *     }
		 */
		StatusViewedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "status.viewed";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description WhatsApp's id of the status: `waId` of its message */
				id: string;
				by: components["schemas"]["Address"];
				/**
				 * Format: date-time
				 * @description When it happened
				 */
				at: string;
			};
		};
		/**
		 * @description A contact came online (`who`), or a user of the tenant did (`userId`). Requires the permission `presence:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "presence.online",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "who": {
		 *           "chatId": "15550100002@c.us",
		 *           "phone": "+15550100002",
		 *           "lid": "20015550100002@lid"
		 *         },
		 *         "lastSeen": null
		 *       }
		 *     }
		 */
		PresenceOnlineEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "presence.online";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				who: components["schemas"]["Address"];
				/** @description When the person was last online, if they share it */
				lastSeen: string | null;
			} | {
				/** @description The tenant's user (usr_…) */
				userId: string;
			};
		};
		/**
		 * @description A contact went offline (`who`), or a user of the tenant did (`userId`). Requires the permission `presence:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "presence.offline",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "who": {
		 *           "chatId": "15550100002@c.us",
		 *           "phone": "+15550100002",
		 *           "lid": "20015550100002@lid"
		 *         },
		 *         "lastSeen": "2026-03-02T14:05:11.000Z"
		 *       }
		 *     }
		 */
		PresenceOfflineEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "presence.offline";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				who: components["schemas"]["Address"];
				/** @description When the person was last online, if they share it */
				lastSeen: string | null;
			} | {
				/** @description The tenant's user (usr_…) */
				userId: string;
			};
		};
		/**
		 * @description Someone started to type or to record a voice message. Requires the permission `presence:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "typing.start",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "chat": {
		 *           "chatId": "15550100002@c.us",
		 *           "phone": "+15550100002",
		 *           "lid": "20015550100002@lid"
		 *         },
		 *         "from": {
		 *           "chatId": "15550100002@c.us",
		 *           "phone": "+15550100002",
		 *           "lid": "20015550100002@lid"
		 *         },
		 *         "state": "typing"
		 *       }
		 *     }
		 */
		TypingStartEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "typing.start";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				chat: components["schemas"]["Address"];
				from: components["schemas"]["Address"];
				/**
				 * @description recording: a voice message
				 * @enum {string}
				 */
				state: "typing" | "recording";
			};
		};
		/**
		 * @description Someone stopped typing or recording. Requires the permission `presence:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "typing.stop",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "chat": {
		 *           "chatId": "15550100002@c.us",
		 *           "phone": "+15550100002",
		 *           "lid": "20015550100002@lid"
		 *         },
		 *         "from": {
		 *           "chatId": "15550100002@c.us",
		 *           "phone": "+15550100002",
		 *           "lid": "20015550100002@lid"
		 *         },
		 *         "state": "paused"
		 *       }
		 *     }
		 */
		TypingStopEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "typing.stop";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				chat: components["schemas"]["Address"];
				from: components["schemas"]["Address"];
				/** @constant */
				state: "paused";
			};
		};
		/**
		 * @description The account received a voice or video call. Requires the permission `message:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "call.received",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "id": "F2A9C4E07B13",
		 *         "from": {
		 *           "chatId": "15550100002@c.us",
		 *           "phone": "+15550100002",
		 *           "lid": "20015550100002@lid"
		 *         },
		 *         "video": false,
		 *         "at": "2026-03-02T14:05:11.000Z"
		 *       }
		 *     }
		 */
		CallReceivedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "call.received";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The id that requests name it by */
				id: string;
				from: components["schemas"]["Address"];
				/** @description Whether it is a video call */
				video: boolean;
				/**
				 * Format: date-time
				 * @description When it happened
				 */
				at: string;
			};
		};
		/**
		 * @description A call is over: it was hung up, not answered, or rejected. Requires the permission `message:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "call.ended",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sessionId": "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "id": "F2A9C4E07B13",
		 *         "with": {
		 *           "chatId": "15550100002@c.us",
		 *           "phone": "+15550100002",
		 *           "lid": "20015550100002@lid"
		 *         },
		 *         "video": false,
		 *         "outgoing": false,
		 *         "rejected": false,
		 *         "at": "2026-03-02T14:06:02.000Z"
		 *       }
		 *     }
		 */
		CallEndedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "call.ended";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The id that requests name it by */
				id: string;
				/** @description The other side */
				with: components["schemas"]["Address"];
				/** @description Whether it was a video call */
				video: boolean;
				/** @description Whether the account called */
				outgoing: boolean;
				/** @description Whether the called side rejected it */
				rejected: boolean;
				/**
				 * Format: date-time
				 * @description When it happened
				 */
				at: string;
			};
		};
		/**
		 * @description Messages or sessions were counted; at most one a second for each tenant. Requires the permission `analytics:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "analytics.update",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sequence": 0,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "since": "2026-03-02T14:05:00.000Z",
		 *         "until": "2026-03-02T14:05:11.204Z",
		 *         "counts": {
		 *           "queued": 1,
		 *           "sent": 1
		 *         },
		 *         "sessions": {
		 *           "ses_0195536f8c107d4ba2e15f3c9d7b6e04": {
		 *             "queued": 1,
		 *             "sent": 1
		 *           }
		 *         }
		 *       }
		 *     }
		 */
		AnalyticsUpdateEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "analytics.update";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			data: components["schemas"]["AnalyticsUpdate"];
		};
		AnalyticsUpdate: {
			/**
			 * Format: date-time
			 * @description Start of the minute of the first event counted
			 */
			since: string;
			/**
			 * Format: date-time
			 * @description Time of the last event counted
			 */
			until: string;
			/** @description Counts by metric */
			counts: {
				[key: string]: number;
			};
			/** @description The same by session id */
			sessions: {
				[key: string]: {
					[key: string]: number;
				};
			};
		};
		/**
		 * @description A test of one webhook endpoint, sent on request. Requires the permission `webhook:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "webhook.test",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sequence": 0,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "webhookId": "whk_0195536f90aa7f1284d3b6c0e5a9172d",
		 *         "message": "This is a test: if you can verify its signature, everything is set up."
		 *       }
		 *     }
		 */
		WebhookTestEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "webhook.test";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The endpoint's id (whk_…) */
				webhookId: string;
				/** @description A text for people */
				message: string;
			};
		};
		/**
		 * @description A webhook endpoint was disabled: see `reason`, which the endpoint has as `disabledReason`. Requires the permission `webhook:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "webhook.disabled",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "webhookId": "whk_0195536f90aa7f1284d3b6c0e5a9172d",
		 *         "url": "https://example.com/whatsapp",
		 *         "reason": "gone"
		 *       }
		 *     }
		 */
		WebhookDisabledEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "webhook.disabled";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The endpoint's id (whk_…) */
				webhookId: string;
				/** @description The URL */
				url: string;
				/**
				 * @description Why it is in this state, as a code
				 * @enum {string}
				 */
				reason: "gone" | "failing" | "maker_gone";
			};
		};
		/**
		 * @description A backup, export, verification or restore is under way. Requires the permission `backup:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "backup.progress",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "backupId": "bak_0195536fb2c3714e8a5d6f7091e2b3c4",
		 *         "activity": "creating",
		 *         "progress": 40
		 *       }
		 *     }
		 */
		BackupProgressEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "backup.progress";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The backup's id (bak_…) */
				backupId: string;
				/**
				 * @description What is done with the backup
				 * @enum {string}
				 */
				activity: "creating" | "verifying" | "restoring";
				/** @description Percent of the activity */
				progress: number;
			};
		};
		/**
		 * @description A backup, export, verification or restore finished. Requires the permission `backup:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "backup.finished",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "backupId": "bak_0195536fb2c3714e8a5d6f7091e2b3c4",
		 *         "activity": "creating",
		 *         "kind": "export",
		 *         "size": 48213,
		 *         "checksum": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
		 *       }
		 *     }
		 */
		BackupFinishedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "backup.finished";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The backup's id (bak_…) */
				backupId: string;
				/**
				 * @description What is done with the backup
				 * @enum {string}
				 */
				activity: "creating" | "verifying" | "restoring";
				/**
				 * @description This and the following: only when one was created
				 * @enum {string}
				 */
				kind?: "installation" | "export";
				/** @description Bytes of what can be downloaded */
				size?: number;
				/** @description SHA-256 of what can be downloaded, in hex */
				checksum?: string;
			};
		};
		/**
		 * @description A backup, export, verification or restore failed; see `error`. Requires the permission `backup:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "backup.failed",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "backupId": "bak_0195536fb2c3714e8a5d6f7091e2b3c4",
		 *         "activity": "creating",
		 *         "error": "the process was stopped"
		 *       }
		 *     }
		 */
		BackupFailedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "backup.failed";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The backup's id (bak_…) */
				backupId: string;
				/**
				 * @description What is done with the backup
				 * @enum {string}
				 */
				activity: "creating" | "verifying" | "restoring";
				/** @description Why it failed; null when it did not */
				error: string;
			};
		};
		/**
		 * @description The tenant has used 80 % or all of a quota of its plan. Requires the permission `tenant:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "quota.threshold",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "quota": "messagesPerDay",
		 *         "limit": 1000,
		 *         "used": 800,
		 *         "percent": 80
		 *       }
		 *     }
		 */
		QuotaThresholdEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "quota.threshold";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/**
				 * @description Which quota
				 * @enum {string}
				 */
				quota: "messagesPerDay" | "sessions" | "users" | "apiKeys" | "webhooks" | "storageMb";
				/** @description The quota of the plan */
				limit: number;
				/** @description How much is in use */
				used: number;
				/** @description The threshold that was reached */
				percent: 80 | 100;
			};
		};
		/**
		 * @description A session node has joined the cluster; for platform administrators. Requires the permission `health:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "node.joined",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "node": "session-2",
		 *         "version": "0.2.0",
		 *         "zone": "eu-1a",
		 *         "group": null,
		 *         "capacity": 6144
		 *       }
		 *     }
		 */
		NodeJoinedEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "node.joined";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The name of the node */
				node: string;
				/** @description Version of the system that it runs */
				version: string;
				/** @description Where it is, for sessions that ask for a zone */
				zone: string | null;
				/** @description The group of nodes that it belongs to */
				group: string | null;
				/** @description Memory for sessions, in MB */
				capacity: number;
			};
		};
		/**
		 * @description A session node gives its sessions away (`draining`), has given some away, or takes sessions again; for platform administrators. Requires the permission `health:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "node.draining",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "node": "session-2",
		 *         "draining": true,
		 *         "sessions": 12
		 *       }
		 *     }
		 */
		NodeDrainingEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "node.draining";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The name of the node */
				node: string;
				/** @description false: it takes sessions again */
				draining: boolean;
				/** @description The sessions that it has; reported again as they leave, at most once a second */
				sessions: number;
			};
		};
		/**
		 * @description A session node has left the cluster, and its sessions are free; for platform administrators. Requires the permission `health:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "node.left",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "node": "session-2",
		 *         "reason": "expired",
		 *         "sessions": 12
		 *       }
		 *     }
		 */
		NodeLeftEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "node.left";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The name of the node */
				node: string;
				/**
				 * @description stopped: in order. expired: it did not renew its lease. host-lock: its process has died
				 * @enum {string}
				 */
				reason: "stopped" | "expired" | "host-lock";
				/** @description The sessions that it had not released */
				sessions: number;
			};
		};
		/**
		 * @description A process of the installation is in trouble (`active`) or has recovered; for platform administrators. Requires the permission `health:read`.
		 * @example {
		 *       "id": "evt_0195536fa2b17d90b3c4e5f60718293a",
		 *       "type": "system.alert",
		 *       "at": "2026-03-02T14:05:11.204Z",
		 *       "tenantId": "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
		 *       "sequence": 42,
		 *       "cursor": "NDI.hV3p0Qm8Zk1xT5wJ",
		 *       "data": {
		 *         "node": "app-1-7",
		 *         "name": "event_loop_slow",
		 *         "active": true,
		 *         "value": 812.6,
		 *         "limit": 500,
		 *         "unit": "ms"
		 *       }
		 *     }
		 */
		SystemAlertEvent: {
			/** @description The same in every delivery of the event */
			id: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "system.alert";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description Absent when the event belongs to the tenant as a whole */
			sessionId?: string;
			/** @description Rises by one per session, and per tenant for events without a session; 0 outside the log */
			sequence: number;
			/** @description The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it */
			cursor: string;
			/** @description The entries, or the content of the event */
			data: {
				/** @description The process */
				node: string;
				/**
				 * @description Its name
				 * @enum {string}
				 */
				name: "heap_high" | "memory_growing" | "event_loop_slow";
				/** @description false when it has recovered */
				active: boolean;
				/** @description What was measured */
				value: number;
				/** @description The value from which it is an alert */
				limit: number;
				/**
				 * @description Unit of the value and the limit
				 * @enum {string}
				 */
				unit: "share" | "MB/min" | "ms";
			};
		};
		/** SendMessage */
		SendMessage: components["schemas"]["SendText"] | components["schemas"]["SendImage"] | components["schemas"]["SendVideo"] | components["schemas"]["SendGif"] | components["schemas"]["SendAudio"] | components["schemas"]["SendVoice"] | components["schemas"]["SendDocument"] | components["schemas"]["SendSticker"] | components["schemas"]["SendLocation"] | components["schemas"]["SendContact"] | components["schemas"]["SendPoll"] | components["schemas"]["SendList"] | components["schemas"]["SendButtons"] | components["schemas"]["SendEvent"] | components["schemas"]["SendPix"] | components["schemas"]["SendOrder"] | components["schemas"]["SendReaction"] | components["schemas"]["SendForward"];
		/** SendText */
		SendText: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/** @description E.164 with or without +, a local number when the session has a country, or a WhatsApp id. A number that can mean two people is refused, with both in errors[].readings */
			to: string;
			/** @description Your own id, unique in the session */
			clientRef?: string;
			/** @description The `id`, `waId` or `waKey` of a message in this chat, or of one in a group to answer its author alone */
			replyTo?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "text";
			/** @description The text */
			text: string;
			/** @description Whether to show a preview of the first link */
			linkPreview?: boolean;
			/** @description People whom the text mentions as @number */
			mentions?: string[];
			/** @description Mentions everyone who is in the group when it is sent */
			mentionAll?: boolean;
		};
		/** SendImage */
		SendImage: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/** @description E.164 with or without +, a local number when the session has a country, or a WhatsApp id. A number that can mean two people is refused, with both in errors[].readings */
			to: string;
			/** @description Your own id, unique in the session */
			clientRef?: string;
			/** @description The `id`, `waId` or `waKey` of a message in this chat, or of one in a group to answer its author alone */
			replyTo?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "image";
			/** @description The file; null for a message without one */
			media: {
				/**
				 * Format: uri
				 * @description The URL
				 */
				url?: string;
				/** @description Base64 in either alphabet, in one piece or in lines, or a data: URL whose type and name are kept */
				base64?: string;
				/** @description The id that POST /uploads returned (upl_…); usable for a day */
				uploadId?: string;
				/** @description Needed only for formats that the bytes, the server, the data: URL and the name do not show */
				mimetype?: string;
				/** @description By default the name that the server or the URL gives */
				filename?: string;
			};
			/** @description Text below the media */
			caption?: string;
			/** @description People whom the text mentions as @number */
			mentions?: string[];
			/** @description Mentions everyone who is in the group when it is sent */
			mentionAll?: boolean;
			/** @description Whether the media can be opened only once */
			viewOnce?: boolean;
		};
		/** SendVideo */
		SendVideo: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/** @description E.164 with or without +, a local number when the session has a country, or a WhatsApp id. A number that can mean two people is refused, with both in errors[].readings */
			to: string;
			/** @description Your own id, unique in the session */
			clientRef?: string;
			/** @description The `id`, `waId` or `waKey` of a message in this chat, or of one in a group to answer its author alone */
			replyTo?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "video";
			/** @description The file; null for a message without one */
			media: {
				/**
				 * Format: uri
				 * @description The URL
				 */
				url?: string;
				/** @description Base64 in either alphabet, in one piece or in lines, or a data: URL whose type and name are kept */
				base64?: string;
				/** @description The id that POST /uploads returned (upl_…); usable for a day */
				uploadId?: string;
				/** @description Needed only for formats that the bytes, the server, the data: URL and the name do not show */
				mimetype?: string;
				/** @description By default the name that the server or the URL gives */
				filename?: string;
			};
			/** @description Text below the media */
			caption?: string;
			/** @description People whom the text mentions as @number */
			mentions?: string[];
			/** @description Mentions everyone who is in the group when it is sent */
			mentionAll?: boolean;
			/** @description Whether the media can be opened only once */
			viewOnce?: boolean;
		};
		/** SendGif */
		SendGif: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/** @description E.164 with or without +, a local number when the session has a country, or a WhatsApp id. A number that can mean two people is refused, with both in errors[].readings */
			to: string;
			/** @description Your own id, unique in the session */
			clientRef?: string;
			/** @description The `id`, `waId` or `waKey` of a message in this chat, or of one in a group to answer its author alone */
			replyTo?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "gif";
			/** @description The file; null for a message without one */
			media: {
				/**
				 * Format: uri
				 * @description The URL
				 */
				url?: string;
				/** @description Base64 in either alphabet, in one piece or in lines, or a data: URL whose type and name are kept */
				base64?: string;
				/** @description The id that POST /uploads returned (upl_…); usable for a day */
				uploadId?: string;
				/** @description Needed only for formats that the bytes, the server, the data: URL and the name do not show */
				mimetype?: string;
				/** @description By default the name that the server or the URL gives */
				filename?: string;
			};
			/** @description Text below the media */
			caption?: string;
			/** @description People whom the text mentions as @number */
			mentions?: string[];
			/** @description Mentions everyone who is in the group when it is sent */
			mentionAll?: boolean;
			/**
			 * @description Whether the media can be opened only once
			 * @constant
			 */
			viewOnce?: false;
		};
		/** SendAudio */
		SendAudio: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/** @description E.164 with or without +, a local number when the session has a country, or a WhatsApp id. A number that can mean two people is refused, with both in errors[].readings */
			to: string;
			/** @description Your own id, unique in the session */
			clientRef?: string;
			/** @description The `id`, `waId` or `waKey` of a message in this chat, or of one in a group to answer its author alone */
			replyTo?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "audio";
			/** @description The file; null for a message without one */
			media: {
				/**
				 * Format: uri
				 * @description The URL
				 */
				url?: string;
				/** @description Base64 in either alphabet, in one piece or in lines, or a data: URL whose type and name are kept */
				base64?: string;
				/** @description The id that POST /uploads returned (upl_…); usable for a day */
				uploadId?: string;
				/** @description Needed only for formats that the bytes, the server, the data: URL and the name do not show */
				mimetype?: string;
				/** @description By default the name that the server or the URL gives */
				filename?: string;
			};
			/** @description Text below the media */
			caption?: string;
			/**
			 * @description Whether the media can be opened only once
			 * @constant
			 */
			viewOnce?: false;
		};
		/** SendVoice */
		SendVoice: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/** @description E.164 with or without +, a local number when the session has a country, or a WhatsApp id. A number that can mean two people is refused, with both in errors[].readings */
			to: string;
			/** @description Your own id, unique in the session */
			clientRef?: string;
			/** @description The `id`, `waId` or `waKey` of a message in this chat, or of one in a group to answer its author alone */
			replyTo?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "voice";
			/** @description The file; null for a message without one */
			media: {
				/**
				 * Format: uri
				 * @description The URL
				 */
				url?: string;
				/** @description Base64 in either alphabet, in one piece or in lines, or a data: URL whose type and name are kept */
				base64?: string;
				/** @description The id that POST /uploads returned (upl_…); usable for a day */
				uploadId?: string;
				/** @description Needed only for formats that the bytes, the server, the data: URL and the name do not show */
				mimetype?: string;
				/** @description By default the name that the server or the URL gives */
				filename?: string;
			};
			/** @description Text below the media */
			caption?: string;
			/** @description Whether the media can be opened only once */
			viewOnce?: boolean;
		};
		/** SendDocument */
		SendDocument: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/** @description E.164 with or without +, a local number when the session has a country, or a WhatsApp id. A number that can mean two people is refused, with both in errors[].readings */
			to: string;
			/** @description Your own id, unique in the session */
			clientRef?: string;
			/** @description The `id`, `waId` or `waKey` of a message in this chat, or of one in a group to answer its author alone */
			replyTo?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "document";
			/** @description The file; null for a message without one */
			media: {
				/**
				 * Format: uri
				 * @description The URL
				 */
				url?: string;
				/** @description Base64 in either alphabet, in one piece or in lines, or a data: URL whose type and name are kept */
				base64?: string;
				/** @description The id that POST /uploads returned (upl_…); usable for a day */
				uploadId?: string;
				/** @description Needed only for formats that the bytes, the server, the data: URL and the name do not show */
				mimetype?: string;
				/** @description By default the name that the server or the URL gives */
				filename?: string;
			};
			/** @description Text below the media */
			caption?: string;
			/** @description People whom the text mentions as @number */
			mentions?: string[];
			/** @description Mentions everyone who is in the group when it is sent */
			mentionAll?: boolean;
			/**
			 * @description Whether the media can be opened only once
			 * @constant
			 */
			viewOnce?: false;
		};
		/** SendSticker */
		SendSticker: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/** @description E.164 with or without +, a local number when the session has a country, or a WhatsApp id. A number that can mean two people is refused, with both in errors[].readings */
			to: string;
			/** @description Your own id, unique in the session */
			clientRef?: string;
			/** @description The `id`, `waId` or `waKey` of a message in this chat, or of one in a group to answer its author alone */
			replyTo?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "sticker";
			/** @description The file; null for a message without one */
			media: {
				/**
				 * Format: uri
				 * @description The URL
				 */
				url?: string;
				/** @description Base64 in either alphabet, in one piece or in lines, or a data: URL whose type and name are kept */
				base64?: string;
				/** @description The id that POST /uploads returned (upl_…); usable for a day */
				uploadId?: string;
				/** @description Needed only for formats that the bytes, the server, the data: URL and the name do not show */
				mimetype?: string;
				/** @description By default the name that the server or the URL gives */
				filename?: string;
			};
			/** @description Text below the media */
			caption?: string;
			/**
			 * @description Whether the media can be opened only once
			 * @constant
			 */
			viewOnce?: false;
		};
		/** SendLocation */
		SendLocation: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/** @description E.164 with or without +, a local number when the session has a country, or a WhatsApp id. A number that can mean two people is refused, with both in errors[].readings */
			to: string;
			/** @description Your own id, unique in the session */
			clientRef?: string;
			/** @description The `id`, `waId` or `waKey` of a message in this chat, or of one in a group to answer its author alone */
			replyTo?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "location";
			/** @description Degrees north of the equator */
			latitude: number;
			/** @description Degrees east of Greenwich */
			longitude: number;
			/** @description Required with an address */
			name?: string;
			/** @description The address of a place, below its name */
			address?: string;
		};
		/** SendContact */
		SendContact: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/** @description E.164 with or without +, a local number when the session has a country, or a WhatsApp id. A number that can mean two people is refused, with both in errors[].readings */
			to: string;
			/** @description Your own id, unique in the session */
			clientRef?: string;
			/** @description The `id`, `waId` or `waKey` of a message in this chat, or of one in a group to answer its author alone */
			replyTo?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "contact";
			/** @description Contact cards */
			contacts: {
				/** @description Its name */
				name: string;
				/** @description E.164 with or without +, a local number when the session has a country, or a WhatsApp id. A number that can mean two people is refused, with both in errors[].readings */
				phone: string;
				/** @description Further numbers */
				otherPhones?: {
					/** @description E.164 with or without +, a local number when the session has a country, or a WhatsApp id. A number that can mean two people is refused, with both in errors[].readings */
					phone: string;
					/** @description Such as HOME or WORK */
					label?: string;
				}[];
				/** @description Where the person works */
				organization?: string;
				/** @description E-mail addresses */
				emails?: string[];
			}[];
		};
		/** SendPoll */
		SendPoll: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/** @description E.164 with or without +, a local number when the session has a country, or a WhatsApp id. A number that can mean two people is refused, with both in errors[].readings */
			to: string;
			/** @description Your own id, unique in the session */
			clientRef?: string;
			/** @description The `id`, `waId` or `waKey` of a message in this chat, or of one in a group to answer its author alone */
			replyTo?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "poll";
			/** @description The question of a poll */
			question: string;
			/** @description Different from each other */
			options: string[];
			/** @description Default: `1` */
			selectableCount?: number;
		};
		/** SendList */
		SendList: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/** @description E.164 with or without +, a local number when the session has a country, or a WhatsApp id. A number that can mean two people is refused, with both in errors[].readings */
			to: string;
			/** @description Your own id, unique in the session */
			clientRef?: string;
			/** @description The `id`, `waId` or `waKey` of a message in this chat, or of one in a group to answer its author alone */
			replyTo?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "list";
			/** @description Above the list */
			text: string;
			/** @description The button that opens it */
			buttonText: string;
			/** @description Above the text */
			title?: string;
			/** @description Below the text */
			footer?: string;
			/** @description With at most 10 rows in all of them together */
			sections: {
				/** @description The meaning of the code, for people */
				title: string;
				/** @description What can be chosen */
				rows: {
					/** @description Comes back as `selectedId` when it is chosen */
					id: string;
					/** @description The meaning of the code, for people */
					title: string;
					/** @description A description; empty or null without one */
					description?: string;
				}[];
			}[];
		};
		/** SendButtons */
		SendButtons: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/** @description E.164 with or without +, a local number when the session has a country, or a WhatsApp id. A number that can mean two people is refused, with both in errors[].readings */
			to: string;
			/** @description Your own id, unique in the session */
			clientRef?: string;
			/** @description The `id`, `waId` or `waKey` of a message in this chat, or of one in a group to answer its author alone */
			replyTo?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "buttons";
			/** @description The text */
			text: string;
			/** @description Above the text */
			title?: string;
			/** @description Below the text */
			footer?: string;
			/** @description Those that answer cannot be mixed with others */
			buttons: {
				/** @description What is on the button */
				text: string;
				/** @description Comes back as `selectedId` when it is pressed */
				id?: string;
				/** @description Is called */
				phone?: string;
				/**
				 * Format: uri
				 * @description Is opened
				 */
				url?: string;
				/** @description Is copied */
				code?: string;
			}[];
		};
		/** SendEvent */
		SendEvent: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/** @description E.164 with or without +, a local number when the session has a country, or a WhatsApp id. A number that can mean two people is refused, with both in errors[].readings */
			to: string;
			/** @description Your own id, unique in the session */
			clientRef?: string;
			/** @description The `id`, `waId` or `waKey` of a message in this chat, or of one in a group to answer its author alone */
			replyTo?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "event";
			/** @description Its name */
			name: string;
			/** @description A description; empty or null without one */
			description?: string;
			/**
			 * Format: date-time
			 * @description When it begins
			 */
			startsAt: string;
			/**
			 * Format: date-time
			 * @description Two hours after its start by default
			 */
			endsAt?: string;
			/** @description Where it takes place */
			place?: {
				/** @description Its name */
				name: string;
				/** @description Degrees north of the equator */
				latitude: number;
				/** @description Degrees east of Greenwich */
				longitude: number;
			};
			/**
			 * @description Adds a link to a call
			 * @enum {string}
			 */
			call?: "voice" | "video";
		};
		/** SendPix */
		SendPix: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/** @description E.164 with or without +, a local number when the session has a country, or a WhatsApp id. A number that can mean two people is refused, with both in errors[].readings */
			to: string;
			/** @description Your own id, unique in the session */
			clientRef?: string;
			/** @description The `id`, `waId` or `waKey` of a message in this chat, or of one in a group to answer its author alone */
			replyTo?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "pix";
			/**
			 * @description What the key is
			 * @enum {string}
			 */
			keyType: "CNPJ" | "CPF" | "PHONE" | "EMAIL" | "EVP";
			/** @description Who is paid */
			name: string;
			/** @description The Pix key */
			key: string;
			/** @description For who pays */
			instructions?: string;
		};
		/** SendOrder */
		SendOrder: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/** @description E.164 with or without +, a local number when the session has a country, or a WhatsApp id. A number that can mean two people is refused, with both in errors[].readings */
			to: string;
			/** @description Your own id, unique in the session */
			clientRef?: string;
			/** @description The `id`, `waId` or `waKey` of a message in this chat, or of one in a group to answer its author alone */
			replyTo?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "order";
			/** @description A note */
			text?: string;
			/** @description Prices are in thousandths of the unit of the account's currency: 12500 is 12.50 */
			items: {
				/** @description Its name */
				name: string;
				/** @description How many of it */
				quantity: number;
				/** @description Of one */
				price: number;
			}[];
			/** @description Is taken off */
			discount?: number;
			/** @description Is added */
			tax?: number;
			/** @description Is added */
			shipping?: number;
		};
		/** SendReaction */
		SendReaction: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/** @description E.164 with or without +, a local number when the session has a country, or a WhatsApp id. A number that can mean two people is refused, with both in errors[].readings */
			to: string;
			/** @description Your own id, unique in the session */
			clientRef?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "reaction";
			/** @description The `id`, `waId` or `waKey` of the message */
			messageId: string;
			/** @description One emoji; empty removes the reaction */
			emoji: string;
		};
		/** SendForward */
		SendForward: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/** @description E.164 with or without +, a local number when the session has a country, or a WhatsApp id. A number that can mean two people is refused, with both in errors[].readings */
			to: string;
			/** @description Your own id, unique in the session */
			clientRef?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "forward";
			/** @description The `id`, `waId` or `waKey` of the message */
			messageId: string;
		};
		/** BulkMessage */
		BulkMessage: components["schemas"]["BulkText"] | components["schemas"]["BulkImage"] | components["schemas"]["BulkVideo"] | components["schemas"]["BulkGif"] | components["schemas"]["BulkAudio"] | components["schemas"]["BulkVoice"] | components["schemas"]["BulkDocument"] | components["schemas"]["BulkSticker"] | components["schemas"]["BulkLocation"] | components["schemas"]["BulkContact"] | components["schemas"]["BulkPoll"] | components["schemas"]["BulkList"] | components["schemas"]["BulkButtons"] | components["schemas"]["BulkEvent"] | components["schemas"]["BulkPix"] | components["schemas"]["BulkOrder"];
		/** BulkText */
		BulkText: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "text";
			/** @description The text */
			text: string;
			/** @description Whether to show a preview of the first link */
			linkPreview?: boolean;
			/** @description People whom the text mentions as @number */
			mentions?: string[];
			/** @description Mentions everyone who is in the group when it is sent */
			mentionAll?: boolean;
		};
		/** BulkImage */
		BulkImage: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "image";
			/** @description The file; null for a message without one */
			media: {
				/**
				 * Format: uri
				 * @description The URL
				 */
				url?: string;
				/** @description Base64 in either alphabet, in one piece or in lines, or a data: URL whose type and name are kept */
				base64?: string;
				/** @description The id that POST /uploads returned (upl_…); usable for a day */
				uploadId?: string;
				/** @description Needed only for formats that the bytes, the server, the data: URL and the name do not show */
				mimetype?: string;
				/** @description By default the name that the server or the URL gives */
				filename?: string;
			};
			/** @description Text below the media */
			caption?: string;
			/** @description People whom the text mentions as @number */
			mentions?: string[];
			/** @description Mentions everyone who is in the group when it is sent */
			mentionAll?: boolean;
			/** @description Whether the media can be opened only once */
			viewOnce?: boolean;
		};
		/** BulkVideo */
		BulkVideo: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "video";
			/** @description The file; null for a message without one */
			media: {
				/**
				 * Format: uri
				 * @description The URL
				 */
				url?: string;
				/** @description Base64 in either alphabet, in one piece or in lines, or a data: URL whose type and name are kept */
				base64?: string;
				/** @description The id that POST /uploads returned (upl_…); usable for a day */
				uploadId?: string;
				/** @description Needed only for formats that the bytes, the server, the data: URL and the name do not show */
				mimetype?: string;
				/** @description By default the name that the server or the URL gives */
				filename?: string;
			};
			/** @description Text below the media */
			caption?: string;
			/** @description People whom the text mentions as @number */
			mentions?: string[];
			/** @description Mentions everyone who is in the group when it is sent */
			mentionAll?: boolean;
			/** @description Whether the media can be opened only once */
			viewOnce?: boolean;
		};
		/** BulkGif */
		BulkGif: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "gif";
			/** @description The file; null for a message without one */
			media: {
				/**
				 * Format: uri
				 * @description The URL
				 */
				url?: string;
				/** @description Base64 in either alphabet, in one piece or in lines, or a data: URL whose type and name are kept */
				base64?: string;
				/** @description The id that POST /uploads returned (upl_…); usable for a day */
				uploadId?: string;
				/** @description Needed only for formats that the bytes, the server, the data: URL and the name do not show */
				mimetype?: string;
				/** @description By default the name that the server or the URL gives */
				filename?: string;
			};
			/** @description Text below the media */
			caption?: string;
			/** @description People whom the text mentions as @number */
			mentions?: string[];
			/** @description Mentions everyone who is in the group when it is sent */
			mentionAll?: boolean;
			/**
			 * @description Whether the media can be opened only once
			 * @constant
			 */
			viewOnce?: false;
		};
		/** BulkAudio */
		BulkAudio: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "audio";
			/** @description The file; null for a message without one */
			media: {
				/**
				 * Format: uri
				 * @description The URL
				 */
				url?: string;
				/** @description Base64 in either alphabet, in one piece or in lines, or a data: URL whose type and name are kept */
				base64?: string;
				/** @description The id that POST /uploads returned (upl_…); usable for a day */
				uploadId?: string;
				/** @description Needed only for formats that the bytes, the server, the data: URL and the name do not show */
				mimetype?: string;
				/** @description By default the name that the server or the URL gives */
				filename?: string;
			};
			/** @description Text below the media */
			caption?: string;
			/**
			 * @description Whether the media can be opened only once
			 * @constant
			 */
			viewOnce?: false;
		};
		/** BulkVoice */
		BulkVoice: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "voice";
			/** @description The file; null for a message without one */
			media: {
				/**
				 * Format: uri
				 * @description The URL
				 */
				url?: string;
				/** @description Base64 in either alphabet, in one piece or in lines, or a data: URL whose type and name are kept */
				base64?: string;
				/** @description The id that POST /uploads returned (upl_…); usable for a day */
				uploadId?: string;
				/** @description Needed only for formats that the bytes, the server, the data: URL and the name do not show */
				mimetype?: string;
				/** @description By default the name that the server or the URL gives */
				filename?: string;
			};
			/** @description Text below the media */
			caption?: string;
			/** @description Whether the media can be opened only once */
			viewOnce?: boolean;
		};
		/** BulkDocument */
		BulkDocument: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "document";
			/** @description The file; null for a message without one */
			media: {
				/**
				 * Format: uri
				 * @description The URL
				 */
				url?: string;
				/** @description Base64 in either alphabet, in one piece or in lines, or a data: URL whose type and name are kept */
				base64?: string;
				/** @description The id that POST /uploads returned (upl_…); usable for a day */
				uploadId?: string;
				/** @description Needed only for formats that the bytes, the server, the data: URL and the name do not show */
				mimetype?: string;
				/** @description By default the name that the server or the URL gives */
				filename?: string;
			};
			/** @description Text below the media */
			caption?: string;
			/** @description People whom the text mentions as @number */
			mentions?: string[];
			/** @description Mentions everyone who is in the group when it is sent */
			mentionAll?: boolean;
			/**
			 * @description Whether the media can be opened only once
			 * @constant
			 */
			viewOnce?: false;
		};
		/** BulkSticker */
		BulkSticker: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "sticker";
			/** @description The file; null for a message without one */
			media: {
				/**
				 * Format: uri
				 * @description The URL
				 */
				url?: string;
				/** @description Base64 in either alphabet, in one piece or in lines, or a data: URL whose type and name are kept */
				base64?: string;
				/** @description The id that POST /uploads returned (upl_…); usable for a day */
				uploadId?: string;
				/** @description Needed only for formats that the bytes, the server, the data: URL and the name do not show */
				mimetype?: string;
				/** @description By default the name that the server or the URL gives */
				filename?: string;
			};
			/** @description Text below the media */
			caption?: string;
			/**
			 * @description Whether the media can be opened only once
			 * @constant
			 */
			viewOnce?: false;
		};
		/** BulkLocation */
		BulkLocation: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "location";
			/** @description Degrees north of the equator */
			latitude: number;
			/** @description Degrees east of Greenwich */
			longitude: number;
			/** @description Required with an address */
			name?: string;
			/** @description The address of a place, below its name */
			address?: string;
		};
		/** BulkContact */
		BulkContact: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "contact";
			/** @description Contact cards */
			contacts: {
				/** @description Its name */
				name: string;
				/** @description E.164 with or without +, a local number when the session has a country, or a WhatsApp id. A number that can mean two people is refused, with both in errors[].readings */
				phone: string;
				/** @description Further numbers */
				otherPhones?: {
					/** @description E.164 with or without +, a local number when the session has a country, or a WhatsApp id. A number that can mean two people is refused, with both in errors[].readings */
					phone: string;
					/** @description Such as HOME or WORK */
					label?: string;
				}[];
				/** @description Where the person works */
				organization?: string;
				/** @description E-mail addresses */
				emails?: string[];
			}[];
		};
		/** BulkPoll */
		BulkPoll: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "poll";
			/** @description The question of a poll */
			question: string;
			/** @description Different from each other */
			options: string[];
			/** @description Default: `1` */
			selectableCount?: number;
		};
		/** BulkList */
		BulkList: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "list";
			/** @description Above the list */
			text: string;
			/** @description The button that opens it */
			buttonText: string;
			/** @description Above the text */
			title?: string;
			/** @description Below the text */
			footer?: string;
			/** @description With at most 10 rows in all of them together */
			sections: {
				/** @description The meaning of the code, for people */
				title: string;
				/** @description What can be chosen */
				rows: {
					/** @description Comes back as `selectedId` when it is chosen */
					id: string;
					/** @description The meaning of the code, for people */
					title: string;
					/** @description A description; empty or null without one */
					description?: string;
				}[];
			}[];
		};
		/** BulkButtons */
		BulkButtons: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "buttons";
			/** @description The text */
			text: string;
			/** @description Above the text */
			title?: string;
			/** @description Below the text */
			footer?: string;
			/** @description Those that answer cannot be mixed with others */
			buttons: {
				/** @description What is on the button */
				text: string;
				/** @description Comes back as `selectedId` when it is pressed */
				id?: string;
				/** @description Is called */
				phone?: string;
				/**
				 * Format: uri
				 * @description Is opened
				 */
				url?: string;
				/** @description Is copied */
				code?: string;
			}[];
		};
		/** BulkEvent */
		BulkEvent: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "event";
			/** @description Its name */
			name: string;
			/** @description A description; empty or null without one */
			description?: string;
			/**
			 * Format: date-time
			 * @description When it begins
			 */
			startsAt: string;
			/**
			 * Format: date-time
			 * @description Two hours after its start by default
			 */
			endsAt?: string;
			/** @description Where it takes place */
			place?: {
				/** @description Its name */
				name: string;
				/** @description Degrees north of the equator */
				latitude: number;
				/** @description Degrees east of Greenwich */
				longitude: number;
			};
			/**
			 * @description Adds a link to a call
			 * @enum {string}
			 */
			call?: "voice" | "video";
		};
		/** BulkPix */
		BulkPix: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "pix";
			/**
			 * @description What the key is
			 * @enum {string}
			 */
			keyType: "CNPJ" | "CPF" | "PHONE" | "EMAIL" | "EVP";
			/** @description Who is paid */
			name: string;
			/** @description The Pix key */
			key: string;
			/** @description For who pays */
			instructions?: string;
		};
		/** BulkOrder */
		BulkOrder: {
			/**
			 * @description The queue sends high before normal, and normal before low. Default: `normal`
			 * @enum {string}
			 */
			priority?: "high" | "normal" | "low";
			/**
			 * Format: date-time
			 * @description Not before this time, at most 30 days ahead
			 */
			sendAt?: string;
			/**
			 * Format: date-time
			 * @description Not after this time; 24 hours after it is due by default
			 */
			expiresAt?: string;
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "order";
			/** @description A note */
			text?: string;
			/** @description Prices are in thousandths of the unit of the account's currency: 12500 is 12.50 */
			items: {
				/** @description Its name */
				name: string;
				/** @description How many of it */
				quantity: number;
				/** @description Of one */
				price: number;
			}[];
			/** @description Is taken off */
			discount?: number;
			/** @description Is added */
			tax?: number;
			/** @description Is added */
			shipping?: number;
		};
		/** MessageBulkRequest */
		MessageBulkRequest: {
			/** @description A recipient that is listed twice, also in different forms of the number, gets the message once */
			recipients: string[];
			message: components["schemas"]["BulkMessage"];
		};
		Batch: {
			/** @description For GET /messages?batch= */
			batchId: string;
			/** @description Number of messages */
			accepted: number;
			/** @description One for each recipient */
			messages: {
				/** @description The id that requests name it by */
				id: string;
				/** @description The recipient as it was given */
				to: string;
				/** @description WhatsApp's id of the message */
				waId: string;
			}[];
		};
		TimelineEntry: {
			/**
			 * @description The current status
			 * @enum {string}
			 */
			status: "scheduled" | "queued" | "sending" | "sent" | "delivered" | "read" | "played" | "failed" | "expired" | "cancelled" | "received";
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/** @description An explanation for people */
			detail?: string;
		};
		Poll: {
			/** @description The question of a poll */
			question: string;
			/** @description How many options one person can choose; 0 for any number */
			selectableCount: number;
			/** @description The options of a poll, or those that were chosen */
			options: {
				/** @description Its name */
				name: string;
				/** @description How many people chose it */
				votes: number;
				/** @description Who chose it */
				voters: components["schemas"]["Address"][];
			}[];
			/** @description How many people have chosen at least one option */
			voters: number;
		};
		/** MessageEditRequest */
		MessageEditRequest: {
			/** @description The new text */
			text: string;
		};
		/** MessageForwardRequest */
		MessageForwardRequest: {
			/** @description E.164 with or without +, a local number when the session has a country, or a WhatsApp id. A number that can mean two people is refused, with both in errors[].readings */
			to: string;
		};
		/** MessageStarRequest */
		MessageStarRequest: {
			/** @description false removes the star. Default: `true` */
			star?: boolean;
		};
		/** MessagePinRequest */
		MessagePinRequest: {
			/**
			 * @description For how long: 86400, 604800 or 2592000 seconds; a week by default
			 * @enum {number}
			 */
			seconds?: 86400 | 604800 | 2592000;
		};
		/** MessageKeepRequest */
		MessageKeepRequest: {
			/** @description false lets it disappear. Default: `true` */
			keep?: boolean;
		};
		Order: {
			/** @description What was ordered */
			items: {
				/** @description As in the catalog */
				productId: string;
				/** @description Its name */
				name: string;
				/** @description How many of it */
				quantity: number;
				/** @description Of one, in thousandths of the currency's unit */
				price: number | null;
			}[];
			/** @description In thousandths of the currency's unit */
			total: number | null;
			/** @description ISO 4217 */
			currency: string | null;
			/**
			 * Format: date-time
			 * @description When it was ordered
			 */
			createdAt: string;
		};
		Profile: {
			/** @description The name that people see who have not saved the account */
			name: string | null;
			/** @description The text about the account; null when there is none */
			about: string | null;
			/** @description Where the picture can be fetched; null when there is none */
			pictureUrl: string | null;
			/** @description Whether it is a business account */
			isBusiness: boolean;
		};
		/** ProfileUpdateRequest */
		ProfileUpdateRequest: {
			/** @description Its name */
			name?: string;
			/** @description The text about the account; empty for none */
			about?: string;
		};
		/** ProfileSetPictureRequest */
		ProfileSetPictureRequest: {
			/** @description The file; null for a message without one */
			media: {
				/**
				 * Format: uri
				 * @description The URL
				 */
				url?: string;
				/** @description Base64 in either alphabet, in one piece or in lines, or a data: URL whose type and name are kept */
				base64?: string;
				/** @description The id that POST /uploads returned (upl_…); usable for a day */
				uploadId?: string;
				/** @description Needed only for formats that the bytes, the server, the data: URL and the name do not show */
				mimetype?: string;
				/** @description By default the name that the server or the URL gives */
				filename?: string;
			};
		};
		BusinessProfile: {
			/** @description A description; empty or null without one */
			description: string;
			/** @description The address of a place, below its name */
			address: string;
			/** @description The e-mail address to sign in with */
			email: string;
			/** @description At most two addresses */
			websites: string[];
			/** @description What the business does */
			categories: {
				/** @description The id that requests name it by */
				id: string;
				/** @description Its name */
				name: string;
			}[];
			/** @description Opening hours as WhatsApp has them; null for none */
			hours: {
				[key: string]: unknown;
			} | null;
		};
		/** ProfileUpdateBusinessRequest */
		ProfileUpdateBusinessRequest: {
			/** @description A description; empty or null without one */
			description?: string;
			/** @description The address of a place, below its name */
			address?: string;
			/**
			 * Format: email
			 * @description The e-mail address to sign in with
			 */
			email?: string;
			/** @description At most two addresses */
			websites?: string[];
			/** @description Opening hours */
			hours?: {
				/** @description By day; a day that is missing is closed */
				config: {
					[key: string]: {
						/**
						 * @description Open in the given hours
						 * @constant
						 */
						mode: "specific_hours";
						/** @description From and to, in minutes since midnight */
						hours: [
							number,
							number
						][];
					} | {
						/**
						 * @description All day, or by appointment
						 * @enum {string}
						 */
						mode: "open_24h" | "appointment_only";
					};
				};
				/** @description Such as America/Sao_Paulo */
				timezone: string;
			};
		};
		Privacy: {
			/** @description Who sees what, and who may do what */
			settings: {
				/** @description Who sees when the account was last online; null when the driver cannot read it */
				lastSeen: ("all" | "contacts" | "contacts_except" | "none") | null;
				/** @description Who sees that the account is online; null when the driver cannot read it */
				online: ("all" | "match_last_seen") | null;
				/** @description Who sees the profile picture; null when the driver cannot read it */
				picture: ("all" | "contacts" | "contacts_except" | "none") | null;
				/** @description Who sees the about text; null when the driver cannot read it */
				about: ("all" | "contacts" | "contacts_except" | "none") | null;
				/** @description Whether read receipts are sent, and received; null when the driver cannot read it */
				readReceipts: ("all" | "none") | null;
				/** @description Who may add the account to groups; null when the driver cannot read it */
				groups: ("all" | "contacts" | "contacts_except") | null;
				/** @description Who may call; known: not unknown numbers; null when the driver cannot read it */
				calls: ("all" | "known") | null;
				/** @description Who may write; null when the driver cannot read it */
				messages: ("all" | "contacts") | null;
				/** @description Who sees the account's statuses; null when the driver cannot read it */
				status: ("contacts" | "contacts_except" | "only") | null;
			};
			/** @description The people whom contacts_except leaves out; for a status that is `only` for some, those who see it */
			people: {
				[key: string]: components["schemas"]["Address"][];
			};
		};
		/** ProfileUpdatePrivacyRequest */
		ProfileUpdatePrivacyRequest: {
			/** @description The value, or the value with the people of its list */
			lastSeen?: ("all" | "contacts" | "contacts_except" | "none") | {
				/**
				 * @description The new value
				 * @enum {string}
				 */
				value: "all" | "contacts" | "contacts_except" | "none";
				/** @description Who is left out, or sees it: this replaces the list */
				people: string[];
			};
			/** @description The value, or the value with the people of its list */
			online?: ("all" | "match_last_seen") | {
				/**
				 * @description The new value
				 * @enum {string}
				 */
				value: "all" | "match_last_seen";
				/** @description Who is left out, or sees it: this replaces the list */
				people: string[];
			};
			/** @description The value, or the value with the people of its list */
			picture?: ("all" | "contacts" | "contacts_except" | "none") | {
				/**
				 * @description The new value
				 * @enum {string}
				 */
				value: "all" | "contacts" | "contacts_except" | "none";
				/** @description Who is left out, or sees it: this replaces the list */
				people: string[];
			};
			/** @description The value, or the value with the people of its list */
			about?: ("all" | "contacts" | "contacts_except" | "none") | {
				/**
				 * @description The new value
				 * @enum {string}
				 */
				value: "all" | "contacts" | "contacts_except" | "none";
				/** @description Who is left out, or sees it: this replaces the list */
				people: string[];
			};
			/** @description The value, or the value with the people of its list */
			readReceipts?: ("all" | "none") | {
				/**
				 * @description The new value
				 * @enum {string}
				 */
				value: "all" | "none";
				/** @description Who is left out, or sees it: this replaces the list */
				people: string[];
			};
			/** @description The value, or the value with the people of its list */
			groups?: ("all" | "contacts" | "contacts_except") | {
				/**
				 * @description The new value
				 * @enum {string}
				 */
				value: "all" | "contacts" | "contacts_except";
				/** @description Who is left out, or sees it: this replaces the list */
				people: string[];
			};
			/** @description The value, or the value with the people of its list */
			calls?: ("all" | "known") | {
				/**
				 * @description The new value
				 * @enum {string}
				 */
				value: "all" | "known";
				/** @description Who is left out, or sees it: this replaces the list */
				people: string[];
			};
			/** @description The value, or the value with the people of its list */
			messages?: ("all" | "contacts") | {
				/**
				 * @description The new value
				 * @enum {string}
				 */
				value: "all" | "contacts";
				/** @description Who is left out, or sees it: this replaces the list */
				people: string[];
			};
			/** @description The value, or the value with the people of its list */
			status?: ("contacts" | "contacts_except" | "only") | {
				/**
				 * @description The new value
				 * @enum {string}
				 */
				value: "contacts" | "contacts_except" | "only";
				/** @description Who is left out, or sees it: this replaces the list */
				people: string[];
			};
		};
		Device: {
			/** @description 0 is the phone */
			device: number;
			/** @description Whether it is the device of this session */
			own: boolean;
		};
		/** ContactSetDisappearingRequest */
		ContactSetDisappearingRequest: {
			/**
			 * @description After how many seconds messages disappear: 0 (never), 86400, 604800 or 7776000
			 * @enum {number}
			 */
			seconds: 0 | 86400 | 604800 | 7776000;
		};
		Contact: {
			address: components["schemas"]["Address"];
			/** @description Name in the phone's address book */
			name: string | null;
			/** @description The name that the person has chosen; null when unknown */
			pushName: string | null;
			/** @description Whether it is a business account */
			isBusiness: boolean;
		};
		/** ContactSaveRequest */
		ContactSaveRequest: {
			/** @description Name in the address book */
			name: string;
		};
		/** ContactCheckRequest */
		ContactCheckRequest: {
			/** @description Phone numbers, each E.164 with or without + */
			phones: string[];
		};
		/** @description One result for each number, in the same order. chatId is the id that WhatsApp uses for the number */
		CheckedNumber: {
			/** @description The number as it was given */
			input: string;
			/** @description Whether the number is on WhatsApp */
			exists: boolean;
			/** @description WhatsApp's id of the chat or person: …@c.us, …@lid, or …@g.us for a group */
			chatId: string | null;
			/** @description A phone number, E.164 with or without + */
			phone: string | null;
			/** @description Privacy id (…@lid); null when unknown */
			lid: string | null;
			/** @description Why the number cannot be read; null when it was checked */
			error: {
				/** @description JSON pointer into the body, `?name` of the query, `:name` of the path, or a header */
				pointer: string;
				/** @description A stable code for programs */
				code: string;
				/** @description An explanation for people */
				detail: string;
				/** @description The phone numbers that an ambiguous text can mean; write the right one with + */
				readings?: string[];
			} | null;
		};
		Group: {
			/** @description The id that requests name it by */
			id: string;
			/** @description Its name */
			name: string;
			/** @description A description; empty or null without one */
			description: string | null;
			/** @description Who created the group; null when unknown */
			owner: components["schemas"]["Address"] | null;
			/** @description When it was created */
			createdAt: string | null;
			/** @description People, each as a phone number or a WhatsApp id */
			participants: {
				address: components["schemas"]["Address"];
				/** @description Whether the participant is an admin */
				admin: boolean;
			}[];
			/** @description Whether only admins may send */
			announce: boolean;
			/** @description Whether only admins may change the group's info */
			locked: boolean;
			/**
			 * @description community: a roof for groups; announcements: the group of a community in which its admins write to all
			 * @enum {string}
			 */
			kind: "group" | "community" | "announcements";
			/** @description Id of the community that it belongs to */
			community: string | null;
			/** @description Whether an admin must approve who joins by the invite link */
			joinApproval: boolean;
			/** @description Whether everyone may add people, not only admins */
			memberAdd: boolean;
			/** @description After how many seconds messages disappear; 0 for never */
			disappearAfter: number;
		};
		/** GroupCreateRequest */
		GroupCreateRequest: {
			/** @description Its name */
			name: string;
			/** @description People, each as a phone number or a WhatsApp id */
			participants: string[];
		};
		ParticipantResult: {
			/** @description The participant as it was given */
			participant: string;
			/** @description Whether it was done */
			ok: boolean;
			/** @description Why it failed, for programs; null when it did not */
			code: ("not_on_whatsapp" | "privacy" | "already_participant" | "not_participant" | "no_change" | "no_request" | "left_recently" | "group_full" | "awaiting_approval" | "refused" | "no_answer") | null;
			/** @description The same for people */
			reason: string | null;
		};
		/** GroupUpdateRequest */
		GroupUpdateRequest: {
			/** @description Its name */
			name?: string;
			/** @description A description; empty or null without one */
			description?: string;
			/** @description Whether only admins may send */
			announce?: boolean;
			/** @description Whether only admins may change the group's info */
			locked?: boolean;
			/** @description An admin must approve who joins by the invite link */
			joinApproval?: boolean;
			/** @description Everyone may add people, not only admins */
			memberAdd?: boolean;
			/**
			 * @description After how many seconds messages disappear: 0 (never), 86400, 604800 or 7776000
			 * @enum {number}
			 */
			disappearAfter?: 0 | 86400 | 604800 | 7776000;
		};
		/** GroupAddParticipantsRequest */
		GroupAddParticipantsRequest: {
			/** @description People, each as a phone number or a WhatsApp id */
			participants: string[];
		};
		/** GroupRemoveParticipantsRequest */
		GroupRemoveParticipantsRequest: {
			/** @description People, each as a phone number or a WhatsApp id */
			participants: string[];
		};
		/** GroupPromoteRequest */
		GroupPromoteRequest: {
			/** @description People, each as a phone number or a WhatsApp id */
			participants: string[];
		};
		/** GroupDemoteRequest */
		GroupDemoteRequest: {
			/** @description People, each as a phone number or a WhatsApp id */
			participants: string[];
		};
		InviteInfo: {
			/** @description WhatsApp's id of the group (…@g.us) */
			groupId: string;
			/** @description Its name */
			name: string;
			/** @description A description; empty or null without one */
			description: string | null;
			/** @description Who created the group; null when unknown */
			owner: components["schemas"]["Address"] | null;
			/** @description Number of participants */
			size: number;
			/**
			 * @description community: a roof for groups; announcements: the group of a community in which its admins write to all
			 * @enum {string}
			 */
			kind: "group" | "community" | "announcements";
			/** @description Id of the community that it belongs to */
			community: string | null;
			/** @description Whether an admin must approve who joins */
			joinApproval: boolean;
		};
		/** GroupJoinRequest */
		GroupJoinRequest: {
			/** @description https://chat.whatsapp.com/… or the code alone */
			invite: string;
		};
		/** GroupSetPictureRequest */
		GroupSetPictureRequest: {
			/** @description The file; null for a message without one */
			media: {
				/**
				 * Format: uri
				 * @description The URL
				 */
				url?: string;
				/** @description Base64 in either alphabet, in one piece or in lines, or a data: URL whose type and name are kept */
				base64?: string;
				/** @description The id that POST /uploads returned (upl_…); usable for a day */
				uploadId?: string;
				/** @description Needed only for formats that the bytes, the server, the data: URL and the name do not show */
				mimetype?: string;
				/** @description By default the name that the server or the URL gives */
				filename?: string;
			};
		};
		/** GroupAnswerRequestsRequest */
		GroupAnswerRequestsRequest: {
			/** @description People, each as a phone number or a WhatsApp id */
			participants: string[];
			/**
			 * @description What to do with the requests
			 * @enum {string}
			 */
			decision: "approve" | "reject";
		};
		/** MessageInviteRequest */
		MessageInviteRequest: {
			/** @description E.164 with or without +, a local number when the session has a country, or a WhatsApp id. A number that can mean two people is refused, with both in errors[].readings */
			to: string;
			/** @description Above the link */
			text?: string;
		};
		Community: {
			/** @description The id that requests name it by */
			id: string;
			/** @description Its name */
			name: string;
			/** @description A description; empty or null without one */
			description: string | null;
			/** @description Id of the group in which admins write to everyone */
			announcements: string | null;
			/** @description Ids of its other groups that the account is in */
			groups: string[];
			/** @description Number of participants */
			participants: number;
		};
		/** GroupCommunitiesCreateRequest */
		GroupCommunitiesCreateRequest: {
			/** @description Its name */
			name: string;
			/** @description By default none */
			description?: string;
			/** @description Group ids, …@g.us */
			groups?: string[];
		};
		/** GroupCommunitiesAddGroupsRequest */
		GroupCommunitiesAddGroupsRequest: {
			/** @description Group ids, …@g.us */
			groups: string[];
		};
		/** GroupCommunitiesRemoveGroupsRequest */
		GroupCommunitiesRemoveGroupsRequest: {
			/** @description Group ids, …@g.us */
			groups: string[];
		};
		/** PostStatus */
		PostStatus: components["schemas"]["PostTextStatus"] | components["schemas"]["PostImageStatus"] | components["schemas"]["PostVideoStatus"];
		/** PostTextStatus */
		PostTextStatus: {
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "text";
			/** @description The text */
			text: string;
		};
		/** PostImageStatus */
		PostImageStatus: {
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "image";
			/** @description The file; null for a message without one */
			media: {
				/**
				 * Format: uri
				 * @description The URL
				 */
				url?: string;
				/** @description Base64 in either alphabet, in one piece or in lines, or a data: URL whose type and name are kept */
				base64?: string;
				/** @description The id that POST /uploads returned (upl_…); usable for a day */
				uploadId?: string;
				/** @description Needed only for formats that the bytes, the server, the data: URL and the name do not show */
				mimetype?: string;
				/** @description By default the name that the server or the URL gives */
				filename?: string;
			};
			/** @description Text below the media */
			caption?: string;
		};
		/** PostVideoStatus */
		PostVideoStatus: {
			/**
			 * @description What kind it is (enum property replaced by openapi-typescript)
			 * @enum {string}
			 */
			type: "video";
			/** @description The file; null for a message without one */
			media: {
				/**
				 * Format: uri
				 * @description The URL
				 */
				url?: string;
				/** @description Base64 in either alphabet, in one piece or in lines, or a data: URL whose type and name are kept */
				base64?: string;
				/** @description The id that POST /uploads returned (upl_…); usable for a day */
				uploadId?: string;
				/** @description Needed only for formats that the bytes, the server, the data: URL and the name do not show */
				mimetype?: string;
				/** @description By default the name that the server or the URL gives */
				filename?: string;
			};
			/** @description Text below the media */
			caption?: string;
		};
		/** ChannelViewStatusRequest */
		ChannelViewStatusRequest: {
			/** @description Who posted it: a phone number or a WhatsApp id */
			from: string;
		};
		StatusViewer: {
			viewer: components["schemas"]["Address"];
			/** @description When it happened */
			at: string | null;
		};
		/** ChannelCreateRequest */
		ChannelCreateRequest: {
			/** @description Its name */
			name: string;
			/** @description A description; empty or null without one */
			description?: string;
			/** @description The channel's picture */
			picture?: {
				/**
				 * Format: uri
				 * @description The URL
				 */
				url?: string;
				/** @description Base64 in either alphabet, in one piece or in lines, or a data: URL whose type and name are kept */
				base64?: string;
				/** @description The id that POST /uploads returned (upl_…); usable for a day */
				uploadId?: string;
				/** @description Needed only for formats that the bytes, the server, the data: URL and the name do not show */
				mimetype?: string;
				/** @description By default the name that the server or the URL gives */
				filename?: string;
			};
		};
		/** ChannelUpdateRequest */
		ChannelUpdateRequest: {
			/** @description Its name */
			name?: string;
			/** @description A description; empty or null without one */
			description?: string;
		};
		ChannelFollower: {
			/** @description The id that requests name it by */
			id: string;
			/** @description null when it is not shown */
			name: string | null;
		};
		/** BusinessLabelsCreateRequest */
		BusinessLabelsCreateRequest: {
			/** @description Its name */
			name: string;
			/** @description Index in WhatsApp's palette; by default the first that is free */
			color?: number;
		};
		/** BusinessLabelsUpdateRequest */
		BusinessLabelsUpdateRequest: {
			/** @description Its name */
			name?: string;
			/** @description Index in WhatsApp's palette; by default the first that is free */
			color?: number;
		};
		/** BusinessLabelsSetOfChatRequest */
		BusinessLabelsSetOfChatRequest: {
			/** @description Ids of the labels; none takes all off */
			labels: string[];
		};
		/** BusinessListsCreateRequest */
		BusinessListsCreateRequest: {
			/** @description Its name */
			name: string;
			/** @description Index in WhatsApp's palette; by default the first that is free */
			color?: number;
		};
		/** BusinessListsUpdateRequest */
		BusinessListsUpdateRequest: {
			/** @description Its name */
			name?: string;
			/** @description Index in WhatsApp's palette; by default the first that is free */
			color?: number;
		};
		/** BusinessListsSetOfChatRequest */
		BusinessListsSetOfChatRequest: {
			/** @description Ids of the lists; none takes all off */
			lists: string[];
		};
		Product: {
			/** @description The id that requests name it by */
			id: string;
			/** @description Its name */
			name: string;
			/** @description A description; empty or null without one */
			description: string;
			/** @description In thousandths of the currency's unit; null for none */
			price: number | null;
			/** @description ISO 4217, such as EUR */
			currency: string;
			/** @description Page of the product; empty for none */
			url: string;
			/** @description The business's own number for it; empty for none */
			retailerId: string;
			/** @description Whether others do not see it */
			hidden: boolean;
			/** @description Where its pictures can be fetched, the main one first */
			images: string[];
		};
		/** BusinessProductsCreateRequest */
		BusinessProductsCreateRequest: {
			/** @description Its name */
			name: string;
			/** @description A description; empty or null without one */
			description?: string;
			/** @description In thousandths of the currency's unit */
			price?: number;
			/** @description ISO 4217, such as EUR */
			currency?: string;
			/**
			 * Format: uri
			 * @description Page of the product
			 */
			url?: string;
			/** @description Your own number for it */
			retailerId?: string;
			/** @description Others do not see it */
			hidden?: boolean;
			/** @description The main picture */
			picture: {
				/**
				 * Format: uri
				 * @description The URL
				 */
				url?: string;
				/** @description Base64 in either alphabet, in one piece or in lines, or a data: URL whose type and name are kept */
				base64?: string;
				/** @description The id that POST /uploads returned (upl_…); usable for a day */
				uploadId?: string;
				/** @description Needed only for formats that the bytes, the server, the data: URL and the name do not show */
				mimetype?: string;
				/** @description By default the name that the server or the URL gives */
				filename?: string;
			};
		};
		/** BusinessProductsUpdateRequest */
		BusinessProductsUpdateRequest: {
			/** @description Its name */
			name?: string;
			/** @description A description; empty or null without one */
			description?: string;
			/** @description In thousandths of the currency's unit */
			price?: number;
			/** @description ISO 4217, such as EUR */
			currency?: string;
			/**
			 * Format: uri
			 * @description Page of the product
			 */
			url?: string;
			/** @description Your own number for it */
			retailerId?: string;
			/** @description Others do not see it */
			hidden?: boolean;
		};
		Collection: {
			/** @description The id that requests name it by */
			id: string;
			/** @description Its name */
			name: string;
			/** @description Ids of its products */
			products: string[];
		};
		/** BusinessCollectionsCreateRequest */
		BusinessCollectionsCreateRequest: {
			/** @description Its name */
			name: string;
			/** @description Ids of products */
			products: string[];
		};
		/** BusinessCollectionsUpdateRequest */
		BusinessCollectionsUpdateRequest: {
			/** @description Its name */
			name?: string;
			/** @description Ids of products to add */
			add?: string[];
			/** @description Ids of products to take out */
			remove?: string[];
		};
		/** PresenceTypingRequest */
		PresenceTypingRequest: {
			/**
			 * @description paused ends the other two
			 * @enum {string}
			 */
			state: "typing" | "recording" | "paused";
			/** @description Time in ms after which it ends automatically; 10 s by default */
			duration?: number;
		};
		/** PresenceSubscribeRequest */
		PresenceSubscribeRequest: {
			/** @description Phone numbers or WhatsApp ids; the events presence.online and presence.offline follow */
			chatIds: string[];
		};
		/** PresenceSetRequest */
		PresenceSetRequest: {
			/** @description Whether the account appears online to others */
			available: boolean;
		};
		UserPresence: {
			/** @description The user's id (usr_…) */
			userId: string;
			/**
			 * @description online while the user has an open socket, and for some seconds after the last one closes
			 * @enum {string}
			 */
			state: "online" | "offline";
			/** @description null for a user who never had a socket */
			since: string | null;
			/** @description Open sockets, over all tabs and devices */
			sockets: number;
			/** @description The current time for a user who is online */
			lastSeenAt: string | null;
			/** @description Sockets opened in the last 24 hours, counted by the hour */
			connectionsLastDay: number;
		};
		Webhook: {
			/** @description The id that requests name it by */
			id: string;
			/** @description The URL */
			url: string;
			/** @description Event types, prefixes such as `message.*`, or `*` for all */
			events: string[];
			/** @description Only events of these sessions; null for all */
			sessions: string[] | null;
			/** @description Names of the additional headers; their values are not returned */
			headers: string[];
			/** @description A description; empty or null without one */
			description: string;
			/**
			 * @description session: the events of a session arrive in their order, one at a time; one that fails is retried before the next. none: several at a time, and a retry arrives after later events
			 * @enum {string}
			 */
			ordering: "none" | "session";
			/**
			 * @description standard: the event as the API lists it; cloudevents: in a CloudEvents 1.0 envelope; wppconnect: the bodies of wppconnect-server (`onmessage`, `onack`, …), where it has one for the event. Each is signed
			 * @enum {string}
			 */
			format: "standard" | "cloudevents" | "wppconnect";
			/**
			 * @description The current status
			 * @enum {string}
			 */
			status: "enabled" | "disabled";
			/** @description gone: the endpoint answered 410; failing: every delivery failed for five days; maker_gone: the user or API key that set it up was deleted, disabled or revoked, or has expired. Who enables it again is its new maker */
			disabledReason: ("requested" | "gone" | "failing" | "maker_gone") | null;
			/** @description Since when every delivery has failed; null when the last one did not */
			failingSince: string | null;
			/** @description The user or API key that set it up, or last changed what it delivers: it gets the events that this one may read */
			createdBy: string | null;
			/**
			 * Format: date-time
			 * @description When it was created
			 */
			createdAt: string;
			/**
			 * Format: date-time
			 * @description When it was last changed
			 */
			updatedAt: string;
		};
		/** WebhookCreateRequest */
		WebhookCreateRequest: {
			/** @description An https: or http: URL. Private addresses are refused unless the operator allows them (WPP_ALLOW_PRIVATE_URLS) */
			url: string;
			/** @description Event types, prefixes such as `message.*`, or `*` for all */
			events: string[];
			/** @description Only events of these sessions, by id or name; null for all */
			sessions?: string[] | null;
			/** @description Additional headers of each delivery, at most 20 */
			headers?: {
				[key: string]: string;
			};
			/** @description A description; empty or null without one. Default: `` */
			description?: string;
			/**
			 * @description session: the events of a session arrive in their order, one at a time; one that fails is retried before the next. none: several at a time, and a retry arrives after later events. Default: `none`
			 * @enum {string}
			 */
			ordering?: "none" | "session";
			/**
			 * @description standard: the event as the API lists it; cloudevents: in a CloudEvents 1.0 envelope; wppconnect: the bodies of wppconnect-server (`onmessage`, `onack`, …), where it has one for the event. Each is signed. Default: `standard`
			 * @enum {string}
			 */
			format?: "standard" | "cloudevents" | "wppconnect";
		};
		/** WebhookUpdateRequest */
		WebhookUpdateRequest: {
			/** @description An https: or http: URL. Private addresses are refused unless the operator allows them (WPP_ALLOW_PRIVATE_URLS) */
			url?: string;
			/** @description Event types, prefixes such as `message.*`, or `*` for all */
			events?: string[];
			/** @description Only events of these sessions, by id or name; null for all */
			sessions?: string[] | null;
			/** @description Replaces all additional headers */
			headers?: {
				[key: string]: string;
			};
			/** @description A description; empty or null without one */
			description?: string;
			/**
			 * @description session: the events of a session arrive in their order, one at a time; one that fails is retried before the next. none: several at a time, and a retry arrives after later events
			 * @enum {string}
			 */
			ordering?: "none" | "session";
			/**
			 * @description standard: the event as the API lists it; cloudevents: in a CloudEvents 1.0 envelope; wppconnect: the bodies of wppconnect-server (`onmessage`, `onack`, …), where it has one for the event. Each is signed
			 * @enum {string}
			 */
			format?: "standard" | "cloudevents" | "wppconnect";
			/**
			 * @description The current status
			 * @enum {string}
			 */
			status?: "enabled" | "disabled";
		};
		Delivery: {
			/** @description The id that requests name it by */
			id: string;
			/** @description The endpoint's id (whk_…) */
			webhookId: string;
			/** @description Sent as webhook-id; the same for every attempt */
			eventId: string;
			/**
			 * @description Type of the event
			 * @enum {string}
			 */
			eventType: "session.created" | "session.updated" | "session.deleted" | "session.moved" | "session.starting" | "session.qr" | "session.pairing_code" | "session.connected" | "session.account_changed" | "session.degraded" | "session.disconnected" | "session.logged_out" | "session.failed" | "message.queued" | "message.sent" | "message.delivered" | "message.read" | "message.played" | "message.failed" | "message.expired" | "message.cancelled" | "message.received" | "message.edited" | "message.revoked" | "message.reaction" | "message.poll_vote" | "chat.updated" | "contact.updated" | "group.created" | "group.updated" | "community.updated" | "group.participants" | "label.updated" | "channel.updated" | "channel.message" | "status.received" | "status.viewed" | "presence.online" | "presence.offline" | "typing.start" | "typing.stop" | "call.received" | "call.ended" | "analytics.update" | "webhook.test" | "webhook.disabled" | "backup.progress" | "backup.finished" | "backup.failed" | "quota.threshold" | "node.joined" | "node.draining" | "node.left" | "system.alert";
			/**
			 * @description failed: every attempt of the schedule failed, or the endpoint was disabled
			 * @enum {string}
			 */
			status: "pending" | "delivered" | "failed";
			/** @description Every attempt so far */
			attempts: {
				/**
				 * Format: date-time
				 * @description When it happened
				 */
				at: string;
				/** @description HTTP status; null when there was no response */
				status: number | null;
				/** @description Duration in ms */
				ms: number;
				/** @description First 1 kB of the response, or why there was none */
				response: string;
			}[];
			/** @description null when no attempt is left */
			nextAttemptAt: string | null;
			/**
			 * Format: date-time
			 * @description When it was created
			 */
			createdAt: string;
			/** @description When it ended; null before that */
			finishedAt: string | null;
		};
		/** WebhookReplayRequest */
		WebhookReplayRequest: {
			/**
			 * Format: date-time
			 * @description Events at or after this time
			 */
			since: string;
			/**
			 * Format: date-time
			 * @description By default now
			 */
			until?: string;
			/** @description Only these event types; by default those of the endpoint */
			types?: string[];
			/**
			 * @description failed: only failed deliveries; all: every event of the types, whether or not it was delivered before. Default: `failed`
			 * @enum {string}
			 */
			only?: "failed" | "all";
		};
		AnalyticsOverview: {
			/**
			 * Format: date-time
			 * @description Start of the period, rounded
			 */
			from: string;
			/**
			 * Format: date-time
			 * @description End of the period (exclusive), rounded
			 */
			until: string;
			/** @description The period of the same length just before */
			before: {
				/**
				 * Format: date-time
				 * @description Start of the period, rounded
				 */
				from: string;
				/**
				 * Format: date-time
				 * @description End of the period (exclusive), rounded
				 */
				until: string;
			};
			/** @description All together */
			total: {
				counts: components["schemas"]["AnalyticsCounts"];
				/** @description Events of the period before */
				before: components["schemas"]["AnalyticsCounts"];
				change: components["schemas"]["AnalyticsChanges"];
				rates: components["schemas"]["AnalyticsRates"];
			};
			/** @description The 200 most active sessions; name is null for deleted ones */
			sessions: {
				counts: components["schemas"]["AnalyticsCounts"];
				/** @description Events of the period before */
				before: components["schemas"]["AnalyticsCounts"];
				change: components["schemas"]["AnalyticsChanges"];
				rates: components["schemas"]["AnalyticsRates"];
				/** @description The session's id (ses_…) */
				sessionId: string;
				/** @description Its name */
				name: string | null;
			}[];
		};
		/** @description Events of the period by metric */
		AnalyticsCounts: {
			/** @description Messages that entered the queue */
			queued: number;
			/** @description Messages that WhatsApp's server has acknowledged */
			sent: number;
			/** @description Messages that arrived on the recipient's device */
			delivered: number;
			/** @description Messages that the recipient read */
			read: number;
			/** @description Messages that failed for good */
			failed: number;
			/** @description Messages that were not sent before they expired */
			expired: number;
			/** @description Messages that were cancelled */
			cancelled: number;
			/** @description Messages that accounts received */
			received: number;
			/** @description How often a session connected */
			connected: number;
			/** @description How often a session disconnected */
			disconnected: number;
		};
		AnalyticsChanges: {
			/** @description Change in percent; null when the earlier count is 0 */
			queued: number | null;
			/** @description Change in percent; null when the earlier count is 0 */
			sent: number | null;
			/** @description Change in percent; null when the earlier count is 0 */
			delivered: number | null;
			/** @description Change in percent; null when the earlier count is 0 */
			read: number | null;
			/** @description Change in percent; null when the earlier count is 0 */
			failed: number | null;
			/** @description Change in percent; null when the earlier count is 0 */
			expired: number | null;
			/** @description Change in percent; null when the earlier count is 0 */
			cancelled: number | null;
			/** @description Change in percent; null when the earlier count is 0 */
			received: number | null;
			/** @description Change in percent; null when the earlier count is 0 */
			connected: number | null;
			/** @description Change in percent; null when the earlier count is 0 */
			disconnected: number | null;
		};
		/** @description From the events of the period, whenever the messages were sent; at most 1, null when the divisor is 0 */
		AnalyticsRates: {
			/** @description delivered / sent */
			delivery: number | null;
			/** @description read / delivered */
			read: number | null;
			/** @description failed / (sent + failed) */
			failure: number | null;
		};
		AnalyticsTimeSeries: {
			/**
			 * Format: date-time
			 * @description Start of the period, rounded
			 */
			from: string;
			/**
			 * Format: date-time
			 * @description End of the period (exclusive), rounded
			 */
			until: string;
			/**
			 * @description What is counted
			 * @enum {string}
			 */
			metric: "queued" | "sent" | "delivered" | "read" | "failed" | "expired" | "cancelled" | "received" | "connected" | "disconnected";
			/**
			 * @description The length of the intervals
			 * @enum {string}
			 */
			interval: "minute" | "hour" | "day";
			/** @description The session's id (ses_…) */
			sessionId: string | null;
			/** @description Time zone of the days: the tenant's, rounded to whole hours of UTC; UTC for minutes and hours */
			timezone: string;
			/** @description All together */
			total: number;
			/** @description One for each interval */
			points: {
				/**
				 * Format: date-time
				 * @description Start of the interval
				 */
				at: string;
				/** @description The count of the interval */
				value: number;
			}[];
		};
		AnalyticsTrends: {
			/**
			 * Format: date-time
			 * @description Start of the period, rounded
			 */
			from: string;
			/**
			 * Format: date-time
			 * @description End of the period (exclusive), rounded
			 */
			until: string;
			/** @description The period of the same length just before */
			before: {
				/**
				 * Format: date-time
				 * @description Start of the period, rounded
				 */
				from: string;
				/**
				 * Format: date-time
				 * @description End of the period (exclusive), rounded
				 */
				until: string;
			};
			/** @description One for each metric */
			trends: components["schemas"]["AnalyticsTrend"][];
		};
		AnalyticsTrend: {
			/**
			 * @description What is counted
			 * @enum {string}
			 */
			metric: "queued" | "sent" | "delivered" | "read" | "failed" | "expired" | "cancelled" | "received" | "connected" | "disconnected";
			/** @description The count of the period */
			value: number;
			/** @description The period of the same length just before */
			before: {
				/** @description The count of the period before */
				value: number;
				/** @description Change in percent; null when the earlier count is 0 */
				change: number | null;
			};
			/** @description Average of the same time of the week in up to four earlier weeks that have counts; null when there are none */
			sameWeekday: {
				/** @description Average count */
				average: number;
				/** @description Number of weeks with counts */
				weeks: number;
				/** @description Change in percent; null when the earlier count is 0 */
				change: number | null;
			} | null;
		};
		SessionAnalytics: {
			/** @description The session's id (ses_…) */
			sessionId: string;
			/** @description null for a deleted session */
			name: string | null;
			/** @description The current state; null for a deleted session */
			state: ("stopped" | "starting" | "qr" | "pairing" | "syncing" | "connected" | "degraded" | "reconnecting" | "logged_out" | "failed") | null;
			counts: components["schemas"]["AnalyticsCounts"];
			rates: components["schemas"]["AnalyticsRates"];
			/** @description Time of the last counted event of the period */
			lastAt: string | null;
		};
		AnalyticsFailures: {
			/**
			 * Format: date-time
			 * @description Start of the period, rounded
			 */
			from: string;
			/**
			 * Format: date-time
			 * @description End of the period (exclusive), rounded
			 */
			until: string;
			/** @description All together */
			total: number;
			/** @description The most frequent first */
			causes: {
				/**
				 * @description The current status
				 * @enum {string}
				 */
				status: "failed" | "expired";
				/** @description Code of the error */
				cause: string;
				/** @description Number of messages */
				count: number;
				/** @description Share of the total, 0 to 1 */
				share: number;
				/**
				 * Format: date-time
				 * @description Time of the last one; null when there is none
				 */
				lastAt: string;
			}[];
		};
		Backup: {
			/** @description The id that requests name it by */
			id: string;
			/**
			 * @description installation: all data, for platform administrators; export: one tenant's data, for that tenant
			 * @enum {string}
			 */
			kind: "installation" | "export";
			/**
			 * @description Who started it
			 * @enum {string}
			 */
			origin: "request" | "schedule";
			/**
			 * @description The current status
			 * @enum {string}
			 */
			status: "running" | "finished" | "failed";
			/** @description The current activity */
			activity: ("creating" | "verifying" | "restoring") | null;
			/** @description Progress of the current activity in percent; 100 when there is none */
			progress: number;
			/** @description Whether media files are included */
			media: boolean;
			/** @description Size of the download in bytes */
			size: number | null;
			/** @description SHA-256 of the download, in hex */
			checksum: string | null;
			/** @description Number of rows by table */
			tables: {
				[key: string]: number;
			} | null;
			/** @description Why the last activity failed */
			error: string | null;
			/**
			 * Format: date-time
			 * @description When it was created
			 */
			createdAt: string;
			/** @description When it ended; null before that */
			finishedAt: string | null;
			/** @description When it was last restored into a temporary database and found complete */
			verifiedAt: string | null;
			/** @description When the system was last restored from it; null for never */
			restoredAt: string | null;
			/** @description When it is deleted automatically; exports are kept for a week */
			expiresAt: string | null;
		};
		/** BackupCreateRequest */
		BackupCreateRequest: {
			/** @description Whether media files are included. Default: `false` */
			media?: boolean;
			/** @description Whether the backup is restored into a temporary database and checked right after it is made. Default: `true` */
			verify?: boolean;
		};
		/** BackupExportRequest */
		BackupExportRequest: {
			/** @description Whether media files are included. Default: `false` */
			media?: boolean;
		};
		BackupSchedule: {
			/** @description Whether backups are made on this schedule */
			enabled: boolean;
			/** @description Interval in hours; backups start on the hour (UTC) */
			everyHours: number;
			/** @description How many scheduled backups are kept. Backups made on request are kept until they are deleted */
			keep: {
				/** @description How many of the last hours with a backup keep their newest one */
				hourly: number;
				/** @description How many of the last days with a backup keep their newest one */
				daily: number;
				/** @description How many of the last weeks with a backup keep their newest one */
				weekly: number;
				/** @description How many of the last months with a backup keep their newest one */
				monthly: number;
			};
			/** @description Whether media files are included */
			media: boolean;
			/** @description Whether each backup is restored into a temporary database and checked right after it is made */
			verify: boolean;
			/** @description When the next backup starts; null when disabled */
			nextAt: string | null;
		};
		/** BackupSchedulePutRequest */
		BackupSchedulePutRequest: {
			/** @description Whether backups are made on this schedule */
			enabled: boolean;
			/** @description Interval in hours; backups start on the hour (UTC) */
			everyHours: number;
			/** @description How many scheduled backups are kept. Backups made on request are kept until they are deleted */
			keep: {
				/** @description How many of the last hours with a backup keep their newest one */
				hourly: number;
				/** @description How many of the last days with a backup keep their newest one */
				daily: number;
				/** @description How many of the last weeks with a backup keep their newest one */
				weekly: number;
				/** @description How many of the last months with a backup keep their newest one */
				monthly: number;
			};
			/** @description Whether media files are included */
			media: boolean;
			/** @description Whether each backup is restored into a temporary database and checked right after it is made */
			verify: boolean;
		};
		/** BackupRestoreRequest */
		BackupRestoreRequest: {
			/** @description Default: `false` */
			dryRun?: boolean;
			/** @description The id of the backup again; required unless dryRun is true */
			confirm?: string;
		};
		RestorePlan: {
			/** @constant */
			dryRun: true;
			/**
			 * Format: date-time
			 * @description When the backup was made
			 */
			madeAt: string;
			/** @description When it was last verified; null for never */
			verifiedAt: string | null;
			/** @description Current and restored number of rows by table */
			tables: {
				/** @description Name of the table */
				table: string;
				/** @description Current number of rows */
				rowsNow: number;
				/** @description Number of rows in the backup */
				rowsAfter: number;
			}[];
			/** @description Reasons for which a restore would be refused now; empty when it can start */
			obstacles: string[];
		};
		ClusterNode: {
			/** @description The name of a session node */
			node: string;
			/** @description Unique for each start of the node's process, and for each lease */
			incarnation: string;
			/**
			 * @description draining: it gives its sessions away. stopping: its process ends. dead: it never returns as this one
			 * @enum {string}
			 */
			state: "up" | "draining" | "stopping" | "dead";
			/** @description Version of the system that it runs */
			version: string | null;
			/** @description Where it is, for sessions that ask for a zone */
			zone: string | null;
			/** @description The group of nodes that it belongs to */
			group: string | null;
			/** @description Memory for sessions, in MB */
			capacity: number;
			/** @description Weight of its sessions, in MB */
			load: number;
			/** @description The sessions that it owned at its last sign of life */
			sessions: number;
			/** @description How many of them were starting */
			starting: number;
			/** @description The most sessions that it takes */
			maxSessions: number;
			/** @description Time since its last sign of life */
			leaseAgeMs: number;
			/** @description Time until others take its sessions; negative once that has passed */
			leaseRemainingMs: number;
			/**
			 * Format: date-time
			 * @description When its lease began
			 */
			startedAt: string;
			/** @description When it was found dead, or stopped */
			leftAt: string | null;
			/** @description stopped: in order. expired: it did not renew its lease. host-lock: its process had died */
			leftReason: ("stopped" | "expired" | "host-lock") | null;
		};
		Placement: {
			/** @description The session's id (ses_…) */
			sessionId: string;
			/** @description The tenant's id (ten_…) */
			tenantId: string;
			/** @description The session's name */
			name: string;
			/**
			 * @description The session's own state
			 * @enum {string}
			 */
			state: "stopped" | "starting" | "qr" | "pairing" | "syncing" | "connected" | "degraded" | "reconnecting" | "logged_out" | "failed";
			/**
			 * @description Why it is in this state
			 * @enum {string}
			 */
			reason: "created" | "requested" | "autostart" | "link_required" | "linked" | "network_lost" | "network_back" | "not_acknowledged" | "page_frozen" | "page_crashed" | "page_left" | "browser_died" | "proxy_failed" | "no_memory" | "recycled" | "browser_missing" | "thread_died" | "profile_in_use" | "profile_damaged" | "start_timeout" | "unknown_step" | "qr_expired" | "conflict" | "logged_out_on_phone" | "logged_out_here" | "logout_failed" | "banned" | "tos_block" | "sandbox_unreachable" | "lease_lost" | "no_node" | "driver_error" | "crash_loop" | "node_stopping" | "moving" | "tenant_suspended" | "restored";
			/** @description The node that runs it; null when none does */
			node: string | null;
			/** @description Rises each time a node takes the session over */
			epoch: number;
			/**
			 * Format: date-time
			 * @description Since when it is placed like this
			 */
			since: string;
			/** @description What it counts for in the load of a node, in MB */
			weight: number;
			/** @description It runs in this zone only */
			zone: string | null;
			/** @description It runs on nodes of this group only */
			nodeGroup: string | null;
			/** @description The node that it is about to move to */
			movingTo: string | null;
		};
		/** ClusterDrainRequest */
		ClusterDrainRequest: {
			/** @description Only answer what would be done. Default: `false` */
			dryRun?: boolean;
		};
		MovePlan: {
			/** @description True when nothing was changed */
			dryRun: boolean;
			/** @description Which sessions move, and where to; a few at a time, each at a quiet moment */
			moves: {
				/** @description The session's id (ses_…) */
				sessionId: string;
				/** @description Start of the period */
				from: string;
				/** @description Null when no live node can take it */
				to: string | null;
			}[];
		};
		/** ClusterUndrainRequest */
		ClusterUndrainRequest: {
			/** @description Only answer what would be done. Default: `false` */
			dryRun?: boolean;
		};
		/** ClusterRebalanceRequest */
		ClusterRebalanceRequest: {
			/** @description Only answer what would be done. Default: `false` */
			dryRun?: boolean;
		};
		/** ClusterMoveRequest */
		ClusterMoveRequest: {
			/** @description The node that is to run it */
			node: string;
			/** @description Only answer what would be done. Default: `false` */
			dryRun?: boolean;
		};
		Health: {
			/**
			 * @description The current status
			 * @enum {string}
			 */
			status: "pass" | "warn" | "fail";
			/** @description Version of the system */
			version?: string;
			/** @description Only with the permission health:read */
			checks?: {
				[key: string]: {
					/**
					 * @description The current status
					 * @enum {string}
					 */
					status: "pass" | "warn" | "fail";
					/** @description What was measured */
					observedValue?: number | string;
					/** @description Unit of the value */
					observedUnit?: string;
					/** @description What is wrong */
					output?: string;
					/**
					 * Format: date-time
					 * @description When it was measured
					 */
					time: string;
				}[];
			};
		};
		SandboxPhone: {
			/** @description The number of chatId, in E.164 */
			phone: string;
			/** @description WhatsApp's id; in Mexico, Argentina and Brazil it can differ from the dialled number */
			chatId: string;
			/** @description Other numbers that lead to this phone, as people dial them */
			aliases: string[];
			/** @description Privacy id (…@lid); null when unknown */
			lid: string;
			/** @description Its name */
			name: string | null;
			/** @description The phone has network access: messages to it are delivered immediately */
			online: boolean;
			/** @description Whether it reads messages automatically */
			autoRead: boolean;
			/**
			 * @description Who may add the phone to groups: everyone, or only people whom it has written to
			 * @enum {string}
			 */
			groupsPrivacy: "all" | "contacts";
			/**
			 * @description By which ids WhatsApp names people to this account: their LIDs, as it does today, or still their numbers
			 * @enum {string}
			 */
			addressing: "lid" | "number";
			/** @description Whether others see its LID only, and no number */
			hidesNumber: boolean;
			/** @description Whether it is the account of a business */
			business: boolean;
			/** @description Whether the phone appears online to others */
			available: boolean;
			/** @description When the person was last online, if they share it */
			lastSeen: string | null;
			/** @description The sessions that are linked to it */
			devices: components["schemas"]["SandboxDevice"][];
			/** @description Who is currently typing to the phone */
			typing: {
				/** @description The person or group */
				chat: string;
				/** @description Who types */
				from: string;
				/**
				 * @description recording: a voice message
				 * @enum {string}
				 */
				state: "typing" | "recording";
				/**
				 * Format: date-time
				 * @description When it happened
				 */
				at: string;
			}[];
			/**
			 * Format: date-time
			 * @description When it was created
			 */
			createdAt: string;
		};
		/** @description A session linked to the phone */
		SandboxDevice: {
			/** @description The id that requests name it by */
			id: number;
			/** @description Its name */
			name: string;
			/**
			 * Format: date-time
			 * @description When it was linked
			 */
			linkedAt: string;
			/** @description Whether it is online */
			connected: boolean;
		};
		/** SandboxCreatePhoneRequest */
		SandboxCreatePhoneRequest: {
			/** @description In any form that is dialled; the phone gets the id that WhatsApp would give it, and the other forms lead to it */
			phone?: string;
			/** @description Its name */
			name?: string;
			/** @description Whether it reads messages automatically. Default: `false` */
			autoRead?: boolean;
			/**
			 * @description Who may add the phone to groups: everyone, or only people whom it has written to. Default: `all`
			 * @enum {string}
			 */
			groupsPrivacy?: "all" | "contacts";
			/**
			 * @description By which ids WhatsApp names people to this account: their LIDs, as it does today, or still their numbers. Default: `lid`
			 * @enum {string}
			 */
			addressing?: "lid" | "number";
			/** @description Whether others see its LID only, and no number. Default: `false` */
			hidesNumber?: boolean;
			/** @description Whether it is the account of a business. Default: `false` */
			business?: boolean;
		};
		/** SandboxChangePhoneRequest */
		SandboxChangePhoneRequest: {
			/** @description Its name */
			name?: string | null;
			/** @description Whether it reads messages automatically */
			autoRead?: boolean;
			/** @description Whether it has network access */
			online?: boolean;
			/**
			 * @description Who may add the phone to groups: everyone, or only people whom it has written to
			 * @enum {string}
			 */
			groupsPrivacy?: "all" | "contacts";
			/**
			 * @description By which ids WhatsApp names people to this account: their LIDs, as it does today, or still their numbers
			 * @enum {string}
			 */
			addressing?: "lid" | "number";
			/** @description Whether others see its LID only, and no number */
			hidesNumber?: boolean;
		};
		/** SandboxScanRequest */
		SandboxScanRequest: {
			/** @description The full text of the QR code */
			qr?: string;
			/** @description A stable code for programs */
			code?: string;
		};
		/** SandboxSendMessageRequest */
		SandboxSendMessageRequest: {
			/** @description A phone number or a chat id */
			to: string;
			/** @description Generated by default; a repeated id is counted as a duplicate, not delivered again */
			id?: string;
			/**
			 * @description What kind it is
			 * @enum {string}
			 */
			type?: "text" | "image" | "video" | "gif" | "audio" | "voice" | "document" | "sticker" | "location" | "contact" | "poll" | "reaction" | "edit" | "revoke" | "poll_vote";
			/** @description The text, the caption of media, the emoji of a reaction (empty to remove it), the new text of an edit, or the question of a poll */
			text?: string;
			/** @description The file; null for a message without one */
			media?: {
				/**
				 * Format: base64
				 * @description The bytes in base64
				 */
				base64: string;
				/** @description The media type, such as image/png */
				mimetype: string;
				/** @description The name of the file; null without one */
				filename?: string;
			};
			/** @description Whether the media can be opened only once */
			viewOnce?: boolean;
			/** @description The length of a voice message */
			seconds?: number;
			/** @description The loudness of a voice message, from 0 to 100 */
			waveform?: number[];
			/** @description Degrees north of the equator */
			latitude?: number;
			/** @description Degrees east of Greenwich */
			longitude?: number;
			/** @description Its name */
			name?: string;
			/** @description The address of a place, below its name */
			address?: string;
			/** @description Contact cards */
			contacts?: {
				/** @description Its name */
				name: string;
				/** @description A phone number, E.164 with or without + */
				phone?: string;
				/** @description The card as a phone wrote it, instead of a number */
				vcard?: string;
			}[];
			/** @description The options of a poll, or the chosen options of a vote */
			options?: string[];
			/** @description How many options a voter may choose; 0 for any number */
			selectableCount?: number;
			/** @description The id of a message in the chat */
			replyTo?: string;
			/** @description The id of the message that a reaction, edit, revoke or vote refers to */
			target?: string;
			/** @description People whom the text mentions as @number */
			mentions?: string[];
			/** @description Of a text: the row of a list, or the button, that the person has chosen */
			selectedId?: string;
		};
		/** SandboxSendTypingRequest */
		SandboxSendTypingRequest: {
			/** @description A phone number or a chat id */
			to: string;
			/**
			 * @description paused ends the other two. Default: `typing`
			 * @enum {string}
			 */
			state?: "typing" | "recording" | "paused";
		};
		/** SandboxSetPresenceRequest */
		SandboxSetPresenceRequest: {
			/**
			 * @description What others see
			 * @enum {string}
			 */
			state: "online" | "offline";
		};
		/** SandboxReadChatRequest */
		SandboxReadChatRequest: {
			/** @description The chat with a person or a group */
			from: string;
			/** @description Whether to play its audio and video messages too. Default: `false` */
			played?: boolean;
		};
		/** SandboxUnlinkDevicesRequest */
		SandboxUnlinkDevicesRequest: {
			/** @description Id of the device; all devices by default */
			device?: number;
		};
		/** SandboxCallRequest */
		SandboxCallRequest: {
			/** @description A phone number or a chat id */
			to: string;
			/** @description Whether it is a video call. Default: `false` */
			video?: boolean;
		};
		/** SandboxActRequest */
		SandboxActRequest: {
			/**
			 * @description What the phone does
			 * @enum {string}
			 */
			act: "profile" | "setProfile" | "setPicture" | "privacy" | "setPrivacy" | "setStatusPrivacy" | "checkNumbers" | "contacts" | "saveContact" | "removeContact" | "findUsername" | "reportSpam" | "block" | "blocklist" | "getPresence" | "chats" | "changeChat" | "star" | "pinMessage" | "keepMessage" | "setEphemeral" | "messageInfo" | "markPlayed" | "createGroup" | "groups" | "changeParticipants" | "updateGroup" | "leaveGroup" | "getInvite" | "inviteInfo" | "joinGroup" | "joinRequests" | "answerJoinRequests" | "pastParticipants" | "createCommunity" | "linkGroups" | "deactivateCommunity" | "statuses" | "viewStatus" | "channels" | "channel" | "createChannel" | "updateChannel" | "deleteChannel" | "followChannel" | "muteChannel" | "findChannels" | "channelFollowers" | "labels" | "setLabel" | "deleteLabel" | "labelChats" | "calls" | "answerCall" | "endCall" | "businessProfile" | "setBusinessProfile" | "products" | "product" | "saveProduct" | "deleteProducts" | "collections" | "saveCollection" | "deleteCollection" | "createOrder" | "order" | "note" | "setNote";
			/** @description The fields of the act */
			input?: {
				[key: string]: unknown;
			};
		};
		SandboxItem: {
			/** @description WhatsApp's id of the message, which is the `waId` of the session's message */
			id: string;
			/**
			 * @description outbound: from the account; inbound: to it
			 * @enum {string}
			 */
			direction: "received" | "sent";
			/** @description WhatsApp id of the sender */
			from: string;
			/** @description WhatsApp id of the recipient */
			to: string;
			/** @description The other person, or the group */
			chat: string;
			/**
			 * @description What kind it is
			 * @enum {string}
			 */
			type: "text" | "image" | "video" | "gif" | "audio" | "voice" | "document" | "sticker" | "location" | "contact" | "poll" | "list" | "buttons" | "interactive" | "event" | "order" | "product" | "group_invite" | "phone_number_request";
			/** @description The text */
			text?: string;
			/** @description The content of a list, an event, an order and so on, and the preview of a link, in WhatsApp Web's words */
			details?: {
				[key: string]: unknown;
			};
			/** @description The file; null for a message without one */
			media?: {
				/** @description The bytes in base64 */
				base64: string;
				/** @description The media type, such as image/png */
				mimetype: string;
				/** @description The name of the file; null without one */
				filename: string | null;
				/** @description In bytes */
				size: number;
			};
			/** @description Whether the media can be opened only once */
			viewOnce?: boolean;
			/** @description The length of a voice message */
			seconds?: number;
			/** @description The loudness of a voice message, from 0 to 100 */
			waveform?: number[];
			/** @description The place */
			location?: {
				/** @description Degrees north of the equator */
				latitude: number;
				/** @description Degrees east of Greenwich */
				longitude: number;
				/** @description Its name */
				name: string | null;
				/** @description The address of a place, below its name */
				address: string | null;
			};
			/** @description Contact cards */
			contacts?: {
				/** @description Its name */
				name: string;
				/** @description A phone number, E.164 with or without + */
				phone: string;
				/** @description The card as it was sent */
				vcard: string;
			}[];
			/** @description The options of a poll, or those that were chosen */
			options?: string[];
			/** @description How many options a voter may choose; 0 for any number */
			selectableCount?: number;
			/** @description Id of the message that it answers */
			quotedId?: string;
			/** @description People whom the text mentions as @number */
			mentions?: string[];
			/** @description Whether it was forwarded */
			forwarded?: boolean;
			/** @description The name that the person has chosen; null when unknown */
			pushName: string | null;
			/**
			 * Format: date-time
			 * @description When it happened
			 */
			at: string;
			/**
			 * @description Of a received message: delivered once this phone has it. Of a sent message: the highest of any recipient
			 * @enum {string}
			 */
			status: "sent" | "delivered" | "read" | "played";
			/** @description How often the same id arrived again; duplicates are not delivered */
			duplicates: number;
			/** @description One for each person */
			reactions: {
				/** @description Who reacted */
				from: string;
				/** @description The emoji */
				emoji: string;
			}[];
			/** @description One for each voter */
			votes: {
				/** @description Who voted */
				from: string;
				/** @description The options of a poll, or those that were chosen */
				options: string[];
			}[];
			/** @description Whether its text was changed */
			edited: boolean;
			/** @description Whether it was deleted for everyone */
			revoked: boolean;
			/** @description Until when it is pinned in its chat; null when it is not */
			pinnedUntil: string | null;
			/** @description Whether it is kept, although it would disappear */
			kept: boolean;
		};
		/** SandboxSetFaultsRequest */
		SandboxSetFaultsRequest: {
			/** @description Delay of everything that is sent to the phones' sessions, in ms. Default: `0` */
			latencyMs?: number;
			/** @description Delay of the acknowledgement of a send and of its receipts, in ms. Default: `0` */
			ackDelayMs?: number;
			/** @description Messages arrive, but sends are not acknowledged and no receipts are sent until this is turned off. Default: `false` */
			dropAcks?: boolean;
			/** @description Sends are refused: all of them, or the given number of next ones. Default: `false` */
			failSends?: boolean | number;
			/** @description Disconnects the phones' sessions for this time from now on, in ms. Default: `0` */
			disconnect?: number;
			/** @description Messages and receipts are sent to sessions twice. Default: `false` */
			duplicate?: boolean;
			/** @description QR codes are treated as expired, and pairing codes are refused. Default: `false` */
			failLinks?: boolean;
			/** @description The phones' sessions are disconnected with this reason while it is set */
			unlink?: ("conflict" | "banned" | "tos_block") | null;
		};
		Problem: {
			/** @description A URI that identifies the kind of problem */
			type: string;
			/** @description The meaning of the code, for people */
			title: string;
			/** @description The current status */
			status: number;
			/** @description An explanation for people */
			detail: string;
			/** @description The path of the request */
			instance: string;
			/**
			 * @description A stable code for programs
			 * @enum {string}
			 */
			code: "validation" | "malformed_request" | "request_timeout" | "headers_too_large" | "malformed_json" | "unauthenticated" | "token_expired" | "invalid_credentials" | "refresh_reused" | "forbidden" | "tenant_suspended" | "signup_closed" | "not_found" | "route_not_found" | "method_not_allowed" | "not_acceptable" | "conflict" | "name_taken" | "email_taken" | "client_ref_taken" | "not_cancellable" | "not_retryable" | "not_changeable" | "session_not_running" | "session_not_connected" | "unsupported" | "no_qr" | "already_linked" | "idempotency_in_progress" | "idempotency_key_reused" | "precondition_failed" | "payload_too_large" | "unsupported_media_type" | "invalid_phone" | "number_not_on_whatsapp" | "media_unreachable" | "media_too_large" | "media_invalid" | "url_blocked" | "cursor_invalid" | "cursor_expired" | "rate_limited" | "quota_exceeded" | "queue_full" | "sandbox_off" | "sandbox_refused" | "group_admin_only" | "not_group_member" | "target_not_found" | "network_rejected" | "session_unavailable" | "outcome_unknown" | "unavailable" | "internal";
			/** @description The id of the request (req_…), which is also in the header X-Request-Id and in the log */
			requestId: string;
			/** @description Seconds after which a retry makes sense, like the header Retry-After */
			retryAfter?: number;
			/** @description What is wrong, field by field */
			errors?: {
				/** @description JSON pointer into the body, `?name` of the query, `:name` of the path, or a header */
				pointer: string;
				/** @description A stable code for programs */
				code: string;
				/** @description An explanation for people */
				detail: string;
				/** @description The phone numbers that an ambiguous text can mean; write the right one with + */
				readings?: string[];
			}[];
			/** @description More for programs, such as the current status */
			facts?: {
				[key: string]: string | number | boolean | null;
			};
		};
	};
	responses: {
		/** @description `malformed_json`: The body is not valid JSON */
		malformed_json: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "malformed_json";
				};
			};
		};
		/** @description `forbidden`: These credentials do not allow this */
		forbidden: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "forbidden";
				};
			};
		};
		/** @description `request_timeout`: The request was not received in time */
		request_timeout: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "request_timeout";
				};
			};
		};
		/** @description `payload_too_large`: The body is too large */
		payload_too_large: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "payload_too_large";
				};
			};
		};
		/** @description `unsupported_media_type`: The content type of the body is not supported */
		unsupported_media_type: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "unsupported_media_type";
				};
			};
		};
		/** @description `validation`: The request is not valid */
		validation: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "validation";
				};
			};
		};
		/** @description `rate_limited`: Too many requests */
		rate_limited: {
			headers: {
				/** @description Seconds after which a retry makes sense */
				"Retry-After"?: number;
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "rate_limited";
				};
			};
		};
		/** @description `internal`: Internal server error */
		internal: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "internal";
				};
			};
		};
		/** @description `unavailable`: Service temporarily unavailable */
		unavailable: {
			headers: {
				/** @description Seconds after which a retry makes sense */
				"Retry-After"?: number;
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "unavailable";
				};
			};
		};
		/** @description `outcome_unknown`: No answer in time; the operation may have been carried out */
		outcome_unknown: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "outcome_unknown";
				};
			};
		};
		/** @description `signup_closed`: Sign-up is closed; `forbidden`: These credentials do not allow this */
		"forbidden.signup_closed": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "signup_closed" | "forbidden";
				};
			};
		};
		/** @description `email_taken`: The e-mail address is already in use */
		email_taken: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "email_taken";
				};
			};
		};
		/** @description `invalid_credentials`: E-mail or password is wrong */
		invalid_credentials: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "invalid_credentials";
				};
			};
		};
		/** @description `tenant_suspended`: The tenant is suspended */
		tenant_suspended: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "tenant_suspended";
				};
			};
		};
		/** @description `unauthenticated`: Valid credentials are required; `refresh_reused`: The refresh token was already used; the login has been revoked */
		"refresh_reused.unauthenticated": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "unauthenticated" | "refresh_reused";
				};
			};
		};
		/** @description `unauthenticated`: Valid credentials are required; `token_expired`: The access token has expired */
		"token_expired.unauthenticated": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "unauthenticated" | "token_expired";
				};
			};
		};
		/** @description `tenant_suspended`: The tenant is suspended; `forbidden`: These credentials do not allow this */
		"forbidden.tenant_suspended": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "tenant_suspended" | "forbidden";
				};
			};
		};
		/** @description `unauthenticated`: Valid credentials are required; `token_expired`: The access token has expired; `invalid_credentials`: E-mail or password is wrong */
		"invalid_credentials.token_expired.unauthenticated": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "unauthenticated" | "token_expired" | "invalid_credentials";
				};
			};
		};
		/** @description `conflict`: The request conflicts with the current state */
		conflict: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "conflict";
				};
			};
		};
		/** @description `not_found`: Not found */
		not_found: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "not_found";
				};
			};
		};
		/** @description `validation`: The request is not valid; `cursor_invalid`: The cursor is not valid */
		"cursor_invalid.validation": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "validation" | "cursor_invalid";
				};
			};
		};
		/** @description `rate_limited`: Too many requests; `quota_exceeded`: A quota of the tenant is exhausted */
		"quota_exceeded.rate_limited": {
			headers: {
				/** @description Seconds after which a retry makes sense */
				"Retry-After"?: number;
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "rate_limited" | "quota_exceeded";
				};
			};
		};
		/** @description `precondition_failed`: The resource has changed since it was read */
		precondition_failed: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "precondition_failed";
				};
			};
		};
		/** @description `sandbox_off`: The sandbox is disabled */
		sandbox_off: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "sandbox_off";
				};
			};
		};
		/** @description `unsupported`: The session cannot do this: its driver, its account or the chat does not support it; `name_taken`: The name is already in use */
		"name_taken.unsupported": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "unsupported" | "name_taken";
				};
			};
		};
		/** @description `validation`: The request is not valid; `url_blocked`: The URL is not allowed */
		"url_blocked.validation": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "validation" | "url_blocked";
				};
			};
		};
		/** @description `name_taken`: The name is already in use; `conflict`: The request conflicts with the current state; `unsupported`: The session cannot do this: its driver, its account or the chat does not support it */
		"conflict.name_taken.unsupported": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "name_taken" | "conflict" | "unsupported";
				};
			};
		};
		/** @description `session_not_running`: The session is not running */
		session_not_running: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "session_not_running";
				};
			};
		};
		/** @description `session_not_connected`: The session is not connected */
		session_not_connected: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "session_not_connected";
				};
			};
		};
		/** @description `no_qr`: No QR code is available; `already_linked`: The session is already linked; `session_not_running`: The session is not running */
		"already_linked.no_qr.session_not_running": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "no_qr" | "already_linked" | "session_not_running";
				};
			};
		};
		/** @description `unavailable`: Service temporarily unavailable; `session_unavailable`: The session is temporarily unavailable */
		"session_unavailable.unavailable": {
			headers: {
				/** @description Seconds after which a retry makes sense */
				"Retry-After"?: number;
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "unavailable" | "session_unavailable";
				};
			};
		};
		/** @description `tenant_suspended`: The tenant is suspended; `forbidden`: These credentials do not allow this; `group_admin_only`: Only admins of the group may do this; `not_group_member`: The account is not in the group */
		"forbidden.group_admin_only.not_group_member.tenant_suspended": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "tenant_suspended" | "forbidden" | "group_admin_only" | "not_group_member";
				};
			};
		};
		/** @description `not_found`: Not found; `target_not_found`: WhatsApp does not know what the request refers to */
		"not_found.target_not_found": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "not_found" | "target_not_found";
				};
			};
		};
		/** @description `already_linked`: The session is already linked; `session_not_running`: The session is not running; `session_not_connected`: The session is not connected; `unsupported`: The session cannot do this: its driver, its account or the chat does not support it; `not_changeable`: The message can no longer be changed */
		"already_linked.not_changeable.session_not_connected.session_not_running.unsupported": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "already_linked" | "session_not_running" | "session_not_connected" | "unsupported" | "not_changeable";
				};
			};
		};
		/** @description `validation`: The request is not valid; `number_not_on_whatsapp`: The number is not on WhatsApp; `media_invalid`: Media content does not match its declared type; `network_rejected`: WhatsApp rejected the request; `invalid_phone`: Not a phone number or chat id */
		"invalid_phone.media_invalid.network_rejected.number_not_on_whatsapp.validation": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "validation" | "number_not_on_whatsapp" | "media_invalid" | "network_rejected" | "invalid_phone";
				};
			};
		};
		/** @description `session_not_running`: The session is not running; `session_not_connected`: The session is not connected; `unsupported`: The session cannot do this: its driver, its account or the chat does not support it; `not_changeable`: The message can no longer be changed */
		"not_changeable.session_not_connected.session_not_running.unsupported": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "session_not_running" | "session_not_connected" | "unsupported" | "not_changeable";
				};
			};
		};
		/** @description `cursor_expired`: The cursor has expired */
		cursor_expired: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "cursor_expired";
				};
			};
		};
		/** @description `idempotency_in_progress`: A request with this Idempotency-Key is still running; `client_ref_taken`: The clientRef is already in use in this session; `unsupported`: The session cannot do this: its driver, its account or the chat does not support it */
		"client_ref_taken.idempotency_in_progress.unsupported": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "idempotency_in_progress" | "client_ref_taken" | "unsupported";
				};
			};
		};
		/** @description `validation`: The request is not valid; `idempotency_key_reused`: The Idempotency-Key was already used for a different request; `invalid_phone`: Not a phone number or chat id; `media_unreachable`: The media could not be fetched; `media_too_large`: The media is too large; `media_invalid`: Media content does not match its declared type; `url_blocked`: The URL is not allowed */
		"idempotency_key_reused.invalid_phone.media_invalid.media_too_large.media_unreachable.url_blocked.validation": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "validation" | "idempotency_key_reused" | "invalid_phone" | "media_unreachable" | "media_too_large" | "media_invalid" | "url_blocked";
				};
			};
		};
		/** @description `rate_limited`: Too many requests; `quota_exceeded`: A quota of the tenant is exhausted; `queue_full`: The session's queue is full */
		"queue_full.quota_exceeded.rate_limited": {
			headers: {
				/** @description Seconds after which a retry makes sense */
				"Retry-After"?: number;
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "rate_limited" | "quota_exceeded" | "queue_full";
				};
			};
		};
		/** @description `validation`: The request is not valid; `cursor_invalid`: The cursor is not valid; `invalid_phone`: Not a phone number or chat id */
		"cursor_invalid.invalid_phone.validation": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "validation" | "cursor_invalid" | "invalid_phone";
				};
			};
		};
		/** @description `conflict`: The request conflicts with the current state; `not_cancellable`: The message can no longer be cancelled */
		"conflict.not_cancellable": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "conflict" | "not_cancellable";
				};
			};
		};
		/** @description `conflict`: The request conflicts with the current state; `not_retryable`: Only failed, expired or cancelled messages can be retried; `idempotency_in_progress`: A request with this Idempotency-Key is still running */
		"conflict.idempotency_in_progress.not_retryable": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "conflict" | "not_retryable" | "idempotency_in_progress";
				};
			};
		};
		/** @description `validation`: The request is not valid; `idempotency_key_reused`: The Idempotency-Key was already used for a different request */
		"idempotency_key_reused.validation": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "validation" | "idempotency_key_reused";
				};
			};
		};
		/** @description `conflict`: The request conflicts with the current state; `not_changeable`: The message can no longer be changed; `idempotency_in_progress`: A request with this Idempotency-Key is still running */
		"conflict.idempotency_in_progress.not_changeable": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "conflict" | "not_changeable" | "idempotency_in_progress";
				};
			};
		};
		/** @description `conflict`: The request conflicts with the current state; `unsupported`: The session cannot do this: its driver, its account or the chat does not support it; `idempotency_in_progress`: A request with this Idempotency-Key is still running */
		"conflict.idempotency_in_progress.unsupported": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "conflict" | "unsupported" | "idempotency_in_progress";
				};
			};
		};
		/** @description `validation`: The request is not valid; `invalid_phone`: Not a phone number or chat id; `idempotency_key_reused`: The Idempotency-Key was already used for a different request */
		"idempotency_key_reused.invalid_phone.validation": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "validation" | "invalid_phone" | "idempotency_key_reused";
				};
			};
		};
		/** @description `conflict`: The request conflicts with the current state; `session_not_running`: The session is not running; `session_not_connected`: The session is not connected; `unsupported`: The session cannot do this: its driver, its account or the chat does not support it; `not_changeable`: The message can no longer be changed */
		"conflict.not_changeable.session_not_connected.session_not_running.unsupported": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "conflict" | "session_not_running" | "session_not_connected" | "unsupported" | "not_changeable";
				};
			};
		};
		/** @description `validation`: The request is not valid; `media_too_large`: The media is too large; `media_invalid`: Media content does not match its declared type */
		"media_invalid.media_too_large.validation": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "validation" | "media_too_large" | "media_invalid";
				};
			};
		};
		/** @description `validation`: The request is not valid; `number_not_on_whatsapp`: The number is not on WhatsApp; `media_invalid`: Media content does not match its declared type; `network_rejected`: WhatsApp rejected the request; `invalid_phone`: Not a phone number or chat id; `media_unreachable`: The media could not be fetched; `media_too_large`: The media is too large; `url_blocked`: The URL is not allowed */
		"invalid_phone.media_invalid.media_too_large.media_unreachable.network_rejected.number_not_on_whatsapp.url_blocked.validation": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "validation" | "number_not_on_whatsapp" | "media_invalid" | "network_rejected" | "invalid_phone" | "media_unreachable" | "media_too_large" | "url_blocked";
				};
			};
		};
		/** @description `validation`: The request is not valid; `cursor_invalid`: The cursor is not valid; `number_not_on_whatsapp`: The number is not on WhatsApp; `media_invalid`: Media content does not match its declared type; `network_rejected`: WhatsApp rejected the request; `invalid_phone`: Not a phone number or chat id */
		"cursor_invalid.invalid_phone.media_invalid.network_rejected.number_not_on_whatsapp.validation": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "validation" | "cursor_invalid" | "number_not_on_whatsapp" | "media_invalid" | "network_rejected" | "invalid_phone";
				};
			};
		};
		/** @description `idempotency_in_progress`: A request with this Idempotency-Key is still running; `client_ref_taken`: The clientRef is already in use in this session; `unsupported`: The session cannot do this: its driver, its account or the chat does not support it; `session_not_running`: The session is not running; `session_not_connected`: The session is not connected; `not_changeable`: The message can no longer be changed */
		"client_ref_taken.idempotency_in_progress.not_changeable.session_not_connected.session_not_running.unsupported": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "idempotency_in_progress" | "client_ref_taken" | "unsupported" | "session_not_running" | "session_not_connected" | "not_changeable";
				};
			};
		};
		/** @description `validation`: The request is not valid; `idempotency_key_reused`: The Idempotency-Key was already used for a different request; `invalid_phone`: Not a phone number or chat id; `media_unreachable`: The media could not be fetched; `media_too_large`: The media is too large; `media_invalid`: Media content does not match its declared type; `url_blocked`: The URL is not allowed; `number_not_on_whatsapp`: The number is not on WhatsApp; `network_rejected`: WhatsApp rejected the request */
		"idempotency_key_reused.invalid_phone.media_invalid.media_too_large.media_unreachable.network_rejected.number_not_on_whatsapp.url_blocked.validation": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "validation" | "idempotency_key_reused" | "invalid_phone" | "media_unreachable" | "media_too_large" | "media_invalid" | "url_blocked" | "number_not_on_whatsapp" | "network_rejected";
				};
			};
		};
		/** @description `not_acceptable`: None of the accepted media types is available */
		not_acceptable: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "not_acceptable";
				};
			};
		};
		/** @description `conflict`: The request conflicts with the current state; `session_not_running`: The session is not running */
		"conflict.session_not_running": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "conflict" | "session_not_running";
				};
			};
		};
		/** @description `not_found`: Not found; `sandbox_off`: The sandbox is disabled */
		"not_found.sandbox_off": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "not_found" | "sandbox_off";
				};
			};
		};
		/** @description `sandbox_refused`: The sandbox refused the request */
		sandbox_refused: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "sandbox_refused";
				};
			};
		};
		/** @description `validation`: The request is not valid; `invalid_phone`: Not a phone number or chat id; `number_not_on_whatsapp`: The number is not on WhatsApp */
		"invalid_phone.number_not_on_whatsapp.validation": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "validation" | "invalid_phone" | "number_not_on_whatsapp";
				};
			};
		};
		/** @description `validation`: The request is not valid; `invalid_phone`: Not a phone number or chat id */
		"invalid_phone.validation": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "validation" | "invalid_phone";
				};
			};
		};
		/** @description `validation`: The request is not valid; `number_not_on_whatsapp`: The number is not on WhatsApp */
		"number_not_on_whatsapp.validation": {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["Problem"] & {
					/** @enum {string} */
					code: "validation" | "number_not_on_whatsapp";
				};
			};
		};
	};
	parameters: {
		/** @description A repeated request with the same key is not executed again: it gets the first response, with the header `Idempotency-Replayed: true` */
		IdempotencyKey: string;
		/** @description The `ETag` of the version to change; 412 when the resource has changed since */
		IfMatch: string;
	};
	requestBodies: never;
	headers: never;
	pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
	authSetupToken: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["AuthSetupTokenRequest"];
			};
		};
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	authRegister: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["AuthRegisterRequest"];
			};
		};
		responses: {
			/** @description Success */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["SignedIn"];
				};
			};
		};
	};
	authLogin: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["AuthLoginRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["SignedIn"];
				};
			};
		};
	};
	authRefresh: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["AuthRefreshRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description Send it as `Authorization: Bearer …` */
						accessToken: string;
						/** @description Valid for one use; each refresh returns the next one */
						refreshToken: string;
						/** @description Seconds until the access token expires */
						expiresIn: number;
					};
				};
			};
		};
	};
	authLogout: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	authMe: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The user of these credentials; null for an API key */
						user: components["schemas"]["User"] | null;
						/** @description The API key of these credentials; null for a user */
						apiKey: components["schemas"]["ApiKey"] | null;
						tenant: components["schemas"]["Tenant"];
						/** @description What these credentials may do */
						permissions: ("session:read" | "session:write" | "session:pair" | "message:read" | "message:send" | "profile:read" | "profile:write" | "call:write" | "chat:read" | "chat:write" | "contact:read" | "contact:write" | "status:read" | "status:write" | "channel:read" | "channel:write" | "catalog:read" | "catalog:write" | "label:read" | "label:write" | "group:read" | "group:write" | "presence:read" | "presence:write" | "webhook:read" | "webhook:write" | "event:read" | "analytics:read" | "backup:read" | "backup:write" | "user:read" | "user:write" | "api-key:read" | "api-key:write" | "tenant:read" | "tenant:write" | "audit:read" | "sandbox:read" | "sandbox:write" | "health:read" | "platform:admin")[];
					};
				};
			};
		};
	};
	authPassword: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["AuthPasswordRequest"];
			};
		};
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	authLoginsList: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["Login"][];
						/** @description Pass it as `cursor` to get the next page; null on the last one */
						nextCursor: null;
					};
				};
			};
		};
	};
	authLoginsRevokeOthers: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	authLoginsRevoke: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The id (lgn_…) */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	authUsersList: {
		parameters: {
			query?: {
				/** @description The most entries of one page. Default: `50` */
				limit?: number;
				/** @description The `nextCursor` of the page before; absent for the first page */
				cursor?: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["User"][];
						/** @description Pass it as `cursor` to get the next page; null on the last one */
						nextCursor: string | null;
					};
				};
			};
		};
	};
	authUsersCreate: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["AuthUsersCreateRequest"];
			};
		};
		responses: {
			/** @description Success */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["User"];
				};
			};
		};
	};
	authUsersGet: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The id (usr_…) */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["User"];
				};
			};
		};
	};
	authUsersRemove: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The id (usr_…) */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	authUsersUpdate: {
		parameters: {
			query?: never;
			header?: {
				/** @description The `ETag` of the version to change; 412 when the resource has changed since */
				"If-Match"?: components["parameters"]["IfMatch"];
			};
			path: {
				/** @description The id (usr_…) */
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["AuthUsersUpdateRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["User"];
				};
			};
		};
	};
	authKeysList: {
		parameters: {
			query?: {
				/** @description The most entries of one page. Default: `50` */
				limit?: number;
				/** @description The `nextCursor` of the page before; absent for the first page */
				cursor?: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["ApiKey"][];
						/** @description Pass it as `cursor` to get the next page; null on the last one */
						nextCursor: string | null;
					};
				};
			};
		};
	};
	authKeysCreate: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["AuthKeysCreateRequest"];
			};
		};
		responses: {
			/** @description Success */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The id that requests name it by */
						id: string;
						/** @description Its name */
						name: string;
						/** @description First characters of the key, to distinguish it from others */
						prefix: string;
						/** @description The permissions of the key */
						scopes: ("session:read" | "session:write" | "session:pair" | "message:read" | "message:send" | "profile:read" | "profile:write" | "call:write" | "chat:read" | "chat:write" | "contact:read" | "contact:write" | "status:read" | "status:write" | "channel:read" | "channel:write" | "catalog:read" | "catalog:write" | "label:read" | "label:write" | "group:read" | "group:write" | "presence:read" | "presence:write" | "webhook:read" | "webhook:write" | "event:read" | "analytics:read" | "backup:read" | "backup:write" | "user:read" | "user:write" | "api-key:read" | "api-key:write" | "tenant:read" | "tenant:write" | "audit:read" | "sandbox:read" | "sandbox:write" | "health:read")[];
						/** @description Ids of the sessions that the key is limited to; null for all */
						sessions: string[] | null;
						/** @description CIDR ranges from which the key may be used; null for any */
						ipAllow: string[] | null;
						/** @description When it stops being valid; null for never */
						expiresAt: string | null;
						/** @description The user or API key that made it: the key can do no more than its maker, and ends with it */
						createdBy: string | null;
						/** @description When it was last used; null for never */
						lastUsedAt: string | null;
						/**
						 * Format: date-time
						 * @description When it was created
						 */
						createdAt: string;
						/** @description Store it securely: it is not returned again */
						key: string;
					};
				};
			};
		};
	};
	authKeysRevoke: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The id (key_…) */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	authAudit: {
		parameters: {
			query?: {
				/** @description The most entries of one page. Default: `50` */
				limit?: number;
				/** @description The `nextCursor` of the page before; absent for the first page */
				cursor?: string;
				/** @description Only entries with this action, such as user.created */
				action?: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["AuditEntry"][];
						/** @description Pass it as `cursor` to get the next page; null on the last one */
						nextCursor: string | null;
					};
				};
			};
		};
	};
	tenantGet: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Tenant"];
				};
			};
		};
	};
	tenantUpdate: {
		parameters: {
			query?: never;
			header?: {
				/** @description The `ETag` of the version to change; 412 when the resource has changed since */
				"If-Match"?: components["parameters"]["IfMatch"];
			};
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["TenantUpdateRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Tenant"];
				};
			};
		};
	};
	tenantUsage: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["TenantUsage"];
				};
			};
		};
	};
	tenantAllList: {
		parameters: {
			query?: {
				/** @description The most entries of one page. Default: `50` */
				limit?: number;
				/** @description The `nextCursor` of the page before; absent for the first page */
				cursor?: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["Tenant"][];
						/** @description Pass it as `cursor` to get the next page; null on the last one */
						nextCursor: string | null;
					};
				};
			};
		};
	};
	tenantAllCreate: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["TenantAllCreateRequest"];
			};
		};
		responses: {
			/** @description Success */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Tenant"];
				};
			};
		};
	};
	tenantAllGet: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The id (ten_…) */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Tenant"];
				};
			};
		};
	};
	tenantAllRemove: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The id (ten_…) */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	tenantAllUpdate: {
		parameters: {
			query?: never;
			header?: {
				/** @description The `ETag` of the version to change; 412 when the resource has changed since */
				"If-Match"?: components["parameters"]["IfMatch"];
			};
			path: {
				/** @description The id (ten_…) */
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["TenantAllUpdateRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Tenant"];
				};
			};
		};
	};
	sessionList: {
		parameters: {
			query?: {
				/** @description The most entries of one page. Default: `50` */
				limit?: number;
				/** @description The `nextCursor` of the page before; absent for the first page */
				cursor?: string;
				/** @description Only sessions in this state */
				state?: "stopped" | "starting" | "qr" | "pairing" | "syncing" | "connected" | "degraded" | "reconnecting" | "logged_out" | "failed";
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["Session"][];
						/** @description Pass it as `cursor` to get the next page; null on the last one */
						nextCursor: string | null;
					};
				};
			};
		};
	};
	sessionCreate: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["SessionCreateRequest"];
			};
		};
		responses: {
			/** @description Success */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Session"];
				};
			};
		};
	};
	sessionGet: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Session"];
				};
			};
		};
	};
	sessionRemove: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	sessionUpdate: {
		parameters: {
			query?: never;
			header?: {
				/** @description The `ETag` of the version to change; 412 when the resource has changed since */
				"If-Match"?: components["parameters"]["IfMatch"];
			};
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["SessionUpdateRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Session"];
				};
			};
		};
	};
	sessionStart: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Accepted: it is carried out asynchronously */
			202: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Session"];
				};
			};
		};
	};
	sessionStop: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Accepted: it is carried out asynchronously */
			202: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Session"];
				};
			};
		};
	};
	sessionRestart: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Accepted: it is carried out asynchronously */
			202: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Session"];
				};
			};
		};
	};
	sessionLogout: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Accepted: it is carried out asynchronously */
			202: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Session"];
				};
			};
		};
	};
	sessionResumeQueue: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["SessionResumeQueueRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Session"];
				};
			};
		};
	};
	sessionQr: {
		parameters: {
			query?: {
				/** @description Seconds to wait for a code to appear. Default: `0` */
				wait?: number;
			};
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Qr"];
				};
			};
		};
	};
	sessionQrPng: {
		parameters: {
			query?: {
				/** @description Seconds to wait for a code to appear. Default: `0` */
				wait?: number;
			};
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"image/png": string;
				};
			};
		};
	};
	sessionQrSvg: {
		parameters: {
			query?: {
				/** @description Seconds to wait for a code to appear. Default: `0` */
				wait?: number;
			};
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"image/svg+xml": string;
				};
			};
		};
	};
	sessionPairingCode: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["SessionPairingCodeRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description Enter it on the phone: Linked devices, link with phone number */
						code: string;
						/**
						 * Format: date-time
						 * @description When it stops being valid; null for never
						 */
						expiresAt: string;
					};
				};
			};
		};
	};
	sessionScreenshot: {
		parameters: {
			query?: {
				/** @description `failure`: the one that was kept when the session last failed to start (`screenshotAt` of its evidence). Default: `now` */
				of?: "now" | "failure";
			};
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"image/png": string;
				};
			};
		};
	};
	eventListOfSession: {
		parameters: {
			query?: {
				/** @description The most entries of one page. Default: `50` */
				limit?: number;
				/** @description The `nextCursor` of the page before, or the `cursor` of the last event that was handled; absent for the oldest events */
				after?: string;
			};
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["Event"][];
						/** @description Pass it as `cursor` to get the next page; null on the last one */
						nextCursor: string | null;
					};
				};
			};
		};
	};
	eventList: {
		parameters: {
			query?: {
				/** @description The most entries of one page. Default: `50` */
				limit?: number;
				/** @description The `nextCursor` of the page before, or the `cursor` of the last event that was handled; absent for the oldest events */
				after?: string;
				/** @description Comma-separated list of types or prefixes such as message.* */
				types?: string;
				/** @description Only events of this session, by id or name */
				session?: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["Event"][];
						/** @description Pass it as `cursor` to get the next page; null on the last one */
						nextCursor: string | null;
					};
				};
			};
		};
	};
	eventStream: {
		parameters: {
			query?: {
				/** @description The `cursor` of the last event that was handled; absent: live events from now on */
				after?: string;
				/** @description Comma-separated list of types or prefixes such as message.* */
				types?: string;
				/** @description Only events of this session, by id or name */
				session?: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"text/event-stream": string;
				};
			};
		};
	};
	messageListOfSession: {
		parameters: {
			query?: {
				/** @description The most entries of one page. Default: `50` */
				limit?: number;
				/** @description The `nextCursor` of the page before; absent for the first page */
				cursor?: string;
				/** @description Only messages with this status */
				status?: "scheduled" | "queued" | "sending" | "sent" | "delivered" | "read" | "played" | "failed" | "expired" | "cancelled" | "received";
				/** @description Only messages from the account, or only to it */
				direction?: "outbound" | "inbound";
				/** @description Only this chat: a phone number or a WhatsApp id */
				chat?: string;
				/** @description Created at or after */
				from?: string;
				/** @description Created before */
				until?: string;
				/** @description Only the message with this id of your own */
				clientRef?: string;
				/** @description Messages of one batch */
				batch?: string;
				/** @description Part of the text */
				q?: string;
			};
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["Message"][];
						/** @description Pass it as `cursor` to get the next page; null on the last one */
						nextCursor: string | null;
					};
				};
			};
		};
	};
	messageSend: {
		parameters: {
			query?: never;
			header?: {
				/** @description A repeated request with the same key is not executed again: it gets the first response, with the header `Idempotency-Replayed: true` */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["SendMessage"];
			};
		};
		responses: {
			/** @description Accepted: it is carried out asynchronously */
			202: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Message"];
				};
			};
		};
	};
	messageBulk: {
		parameters: {
			query?: never;
			header?: {
				/** @description A repeated request with the same key is not executed again: it gets the first response, with the header `Idempotency-Replayed: true` */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["MessageBulkRequest"];
			};
		};
		responses: {
			/** @description Accepted: it is carried out asynchronously */
			202: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Batch"];
				};
			};
		};
	};
	messageList: {
		parameters: {
			query?: {
				/** @description The most entries of one page. Default: `50` */
				limit?: number;
				/** @description The `nextCursor` of the page before; absent for the first page */
				cursor?: string;
				/** @description Only messages with this status */
				status?: "scheduled" | "queued" | "sending" | "sent" | "delivered" | "read" | "played" | "failed" | "expired" | "cancelled" | "received";
				/** @description Only messages from the account, or only to it */
				direction?: "outbound" | "inbound";
				/** @description Only this chat: a phone number or a WhatsApp id */
				chat?: string;
				/** @description Created at or after */
				from?: string;
				/** @description Created before */
				until?: string;
				/** @description Only the message with this id of your own */
				clientRef?: string;
				/** @description Messages of one batch */
				batch?: string;
				/** @description Part of the text */
				q?: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["Message"][];
						/** @description Pass it as `cursor` to get the next page; null on the last one */
						nextCursor: string | null;
					};
				};
			};
		};
	};
	messageGet: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The message's `id` (msg_…), its `waId` or its `waKey` */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Message"];
				};
			};
		};
	};
	messageEdit: {
		parameters: {
			query?: never;
			header?: {
				/** @description A repeated request with the same key is not executed again: it gets the first response, with the header `Idempotency-Replayed: true` */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path: {
				/** @description The message's `id` (msg_…), its `waId` or its `waKey` */
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["MessageEditRequest"];
			};
		};
		responses: {
			/** @description Accepted: it is carried out asynchronously */
			202: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Message"];
				};
			};
		};
	};
	messageTimeline: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The message's `id` (msg_…), its `waId` or its `waKey` */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["TimelineEntry"][];
					};
				};
			};
		};
	};
	messageMedia: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The message's `id` (msg_…), its `waId` or its `waKey` */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"*/*": string;
				};
			};
		};
	};
	messagePoll: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The message's `id` (msg_…), its `waId` or its `waKey` */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Poll"];
				};
			};
		};
	};
	messageCancel: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The message's `id` (msg_…), its `waId` or its `waKey` */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Message"];
				};
			};
		};
	};
	messageRetry: {
		parameters: {
			query?: never;
			header?: {
				/** @description A repeated request with the same key is not executed again: it gets the first response, with the header `Idempotency-Replayed: true` */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path: {
				/** @description The message's `id` (msg_…), its `waId` or its `waKey` */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Accepted: it is carried out asynchronously */
			202: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Message"];
				};
			};
		};
	};
	messageRevoke: {
		parameters: {
			query?: never;
			header?: {
				/** @description A repeated request with the same key is not executed again: it gets the first response, with the header `Idempotency-Replayed: true` */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path: {
				/** @description The message's `id` (msg_…), its `waId` or its `waKey` */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Accepted: it is carried out asynchronously */
			202: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Message"];
				};
			};
		};
	};
	messageForward: {
		parameters: {
			query?: never;
			header?: {
				/** @description A repeated request with the same key is not executed again: it gets the first response, with the header `Idempotency-Replayed: true` */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path: {
				/** @description The message's `id` (msg_…), its `waId` or its `waKey` */
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["MessageForwardRequest"];
			};
		};
		responses: {
			/** @description Accepted: it is carried out asynchronously */
			202: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Message"];
				};
			};
		};
	};
	messageStar: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The message's `id` (msg_…), its `waId` or its `waKey` */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: {
			content: {
				"application/json": components["schemas"]["MessageStarRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	messageUpload: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"multipart/form-data": {
					/**
					 * Format: binary
					 * @description The file, with its name and, if known, its media type
					 */
					file: string;
				};
			};
		};
		responses: {
			/** @description Success */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The id that POST /uploads returned (upl_…); usable for a day */
						uploadId: string;
						/** @description The media type, such as image/png */
						mimetype: string;
						/** @description The name of the file; null without one */
						filename: string | null;
						/** @description In bytes */
						size: number;
						/** @description SHA-256 of the file, in hex */
						sha256: string;
					};
				};
			};
		};
	};
	messagePin: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The message's `id` (msg_…), its `waId` or its `waKey` */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: {
			content: {
				"application/json": components["schemas"]["MessagePinRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	messageUnpin: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The message's `id` (msg_…), its `waId` or its `waKey` */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	messageKeep: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The message's `id` (msg_…), its `waId` or its `waKey` */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: {
			content: {
				"application/json": components["schemas"]["MessageKeepRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	messageOrder: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The message's `id` (msg_…), its `waId` or its `waKey` */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Order"];
				};
			};
		};
	};
	profileGet: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Profile"];
				};
			};
		};
	};
	profileUpdate: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["ProfileUpdateRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Profile"];
				};
			};
		};
	};
	profileSetPicture: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["ProfileSetPictureRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	profileRemovePicture: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	profileGetBusiness: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["BusinessProfile"];
				};
			};
		};
	};
	profileUpdateBusiness: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["ProfileUpdateBusinessRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["BusinessProfile"];
				};
			};
		};
	};
	profilePrivacy: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Privacy"];
				};
			};
		};
	};
	profileUpdatePrivacy: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["ProfileUpdatePrivacyRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Privacy"];
				};
			};
		};
	};
	profileDevices: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["Device"][];
					};
				};
			};
		};
	};
	callReject: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description `id` of the event call.received */
				callId: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	contactChats: {
		parameters: {
			query?: {
				/** @description The most entries of one page. Default: `50` */
				limit?: number;
				/** @description The `nextCursor` of the page before; absent for the first page */
				cursor?: string;
			};
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["Chat"][];
						/** @description Pass it as `cursor` to get the next page; null on the last one */
						nextCursor: string | null;
					};
				};
			};
		};
	};
	messageListOfChat: {
		parameters: {
			query?: {
				/** @description The most entries of one page. Default: `50` */
				limit?: number;
				/** @description The `nextCursor` of the page before; absent for the first page */
				cursor?: string;
			};
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description The chat: a phone number, or a WhatsApp id such as 15550100002@c.us or 1203…@g.us */
				chatId: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["Message"][];
						/** @description Pass it as `cursor` to get the next page; null on the last one */
						nextCursor: string | null;
					};
				};
			};
		};
	};
	contactUnreadChat: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description The chat: a phone number, or a WhatsApp id such as 15550100002@c.us or 1203…@g.us */
				chatId: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	contactArchiveChat: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description The chat: a phone number, or a WhatsApp id such as 15550100002@c.us or 1203…@g.us */
				chatId: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	contactUnarchiveChat: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description The chat: a phone number, or a WhatsApp id such as 15550100002@c.us or 1203…@g.us */
				chatId: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	contactPinChat: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description The chat: a phone number, or a WhatsApp id such as 15550100002@c.us or 1203…@g.us */
				chatId: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	contactUnpinChat: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description The chat: a phone number, or a WhatsApp id such as 15550100002@c.us or 1203…@g.us */
				chatId: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	contactMuteChat: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description The chat: a phone number, or a WhatsApp id such as 15550100002@c.us or 1203…@g.us */
				chatId: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	contactUnmuteChat: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description The chat: a phone number, or a WhatsApp id such as 15550100002@c.us or 1203…@g.us */
				chatId: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	contactClearChat: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description The chat: a phone number, or a WhatsApp id such as 15550100002@c.us or 1203…@g.us */
				chatId: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	contactSetDisappearing: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description The chat: a phone number, or a WhatsApp id such as 15550100002@c.us or 1203…@g.us */
				chatId: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["ContactSetDisappearingRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	contactDeleteChat: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description The chat: a phone number, or a WhatsApp id such as 15550100002@c.us or 1203…@g.us */
				chatId: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	contactList: {
		parameters: {
			query?: {
				/** @description The most entries of one page. Default: `50` */
				limit?: number;
				/** @description The `nextCursor` of the page before; absent for the first page */
				cursor?: string;
			};
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["Contact"][];
						/** @description Pass it as `cursor` to get the next page; null on the last one */
						nextCursor: string | null;
					};
				};
			};
		};
	};
	contactGet: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description The contact: a phone number, or a WhatsApp id such as 15550100002@c.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Contact"];
				};
			};
		};
	};
	contactSave: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description The contact: a phone number, or a WhatsApp id such as 15550100002@c.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["ContactSaveRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Contact"];
				};
			};
		};
	};
	contactRemove: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description The contact: a phone number, or a WhatsApp id such as 15550100002@c.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	contactCommonGroups: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description The contact: a phone number, or a WhatsApp id such as 15550100002@c.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description Group ids, …@g.us */
						data: string[];
					};
				};
			};
		};
	};
	contactBusiness: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description The contact: a phone number, or a WhatsApp id such as 15550100002@c.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["BusinessProfile"];
				};
			};
		};
	};
	contactCheck: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["ContactCheckRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["CheckedNumber"][];
					};
				};
			};
		};
	};
	contactBlock: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description The contact: a phone number, or a WhatsApp id such as 15550100002@c.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	contactUnblock: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description The contact: a phone number, or a WhatsApp id such as 15550100002@c.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	contactPicture: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description The contact: a phone number, or a WhatsApp id such as 15550100002@c.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description null when there is none, or when it is hidden */
						url: string | null;
					};
				};
			};
		};
	};
	contactAbout: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description The contact: a phone number, or a WhatsApp id such as 15550100002@c.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description null when it is hidden */
						about: string | null;
					};
				};
			};
		};
	};
	contactBlocklist: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["Address"][];
					};
				};
			};
		};
	};
	groupList: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["Group"][];
					};
				};
			};
		};
	};
	groupCreate: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["GroupCreateRequest"];
			};
		};
		responses: {
			/** @description Success */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The id that requests name it by */
						id: string;
						/** @description Its name */
						name: string;
						/** @description A description; empty or null without one */
						description: string | null;
						/** @description Who created the group; null when unknown */
						owner: components["schemas"]["Address"] | null;
						/** @description When it was created */
						createdAt: string | null;
						/** @description People, each as a phone number or a WhatsApp id */
						participants: {
							address: components["schemas"]["Address"];
							/** @description Whether the participant is an admin */
							admin: boolean;
						}[];
						/** @description Whether only admins may send */
						announce: boolean;
						/** @description Whether only admins may change the group's info */
						locked: boolean;
						/**
						 * @description community: a roof for groups; announcements: the group of a community in which its admins write to all
						 * @enum {string}
						 */
						kind: "group" | "community" | "announcements";
						/** @description Id of the community that it belongs to */
						community: string | null;
						/** @description Whether an admin must approve who joins by the invite link */
						joinApproval: boolean;
						/** @description Whether everyone may add people, not only admins */
						memberAdd: boolean;
						/** @description After how many seconds messages disappear; 0 for never */
						disappearAfter: number;
						/** @description What became of each of them */
						results: components["schemas"]["ParticipantResult"][];
					};
				};
			};
		};
	};
	groupGet: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Group id, …@g.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Group"];
				};
			};
		};
	};
	groupLeave: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Group id, …@g.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	groupUpdate: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Group id, …@g.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["GroupUpdateRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Group"];
				};
			};
		};
	};
	groupAddParticipants: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Group id, …@g.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["GroupAddParticipantsRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["ParticipantResult"][];
					};
				};
			};
		};
	};
	groupRemoveParticipants: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Group id, …@g.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["GroupRemoveParticipantsRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["ParticipantResult"][];
					};
				};
			};
		};
	};
	groupPromote: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Group id, …@g.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["GroupPromoteRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["ParticipantResult"][];
					};
				};
			};
		};
	};
	groupDemote: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Group id, …@g.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["GroupDemoteRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["ParticipantResult"][];
					};
				};
			};
		};
	};
	groupInvite: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Group id, …@g.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The code in the link */
						code: string;
						/** @description Anyone who opens it can join */
						link: string;
					};
				};
			};
		};
	};
	groupRevokeInvite: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Group id, …@g.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The code in the link */
						code: string;
						/** @description Anyone who opens it can join */
						link: string;
					};
				};
			};
		};
	};
	groupInviteInfo: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description https://chat.whatsapp.com/… or the code alone */
				invite: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["InviteInfo"];
				};
			};
		};
	};
	groupJoin: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["GroupJoinRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description WhatsApp's id of the group (…@g.us) */
						groupId: string;
					};
				};
			};
		};
	};
	groupSetPicture: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Group id, …@g.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["GroupSetPictureRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	groupRemovePicture: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Group id, …@g.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	groupRequests: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Group id, …@g.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: {
							address: components["schemas"]["Address"];
							/** @description When it happened */
							at: string | null;
						}[];
					};
				};
			};
		};
	};
	groupAnswerRequests: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Group id, …@g.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["GroupAnswerRequestsRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["ParticipantResult"][];
					};
				};
			};
		};
	};
	messageInvite: {
		parameters: {
			query?: never;
			header?: {
				/** @description A repeated request with the same key is not executed again: it gets the first response, with the header `Idempotency-Replayed: true` */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Group id, …@g.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["MessageInviteRequest"];
			};
		};
		responses: {
			/** @description Accepted: it is carried out asynchronously */
			202: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Message"];
				};
			};
		};
	};
	groupCommunities: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["Community"][];
					};
				};
			};
		};
	};
	groupCommunitiesCreate: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["GroupCommunitiesCreateRequest"];
			};
		};
		responses: {
			/** @description Success */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The id that requests name it by */
						id: string;
						/** @description Its name */
						name: string;
						/** @description A description; empty or null without one */
						description: string | null;
						/** @description Id of the group in which admins write to everyone */
						announcements: string | null;
						/** @description Ids of its other groups that the account is in */
						groups: string[];
						/** @description Number of participants */
						participants: number;
						/** @description What became of the groups */
						results: {
							/** @description Ids of the groups that were changed */
							done: string[];
							/** @description Ids of those that the account may not change, or that were so already */
							failed: string[];
						};
					};
				};
			};
		};
	};
	groupCommunitiesGet: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Community id, …@g.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Community"];
				};
			};
		};
	};
	groupCommunitiesDeactivate: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Community id, …@g.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	groupCommunitiesAddGroups: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Community id, …@g.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["GroupCommunitiesAddGroupsRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description Ids of the groups that were changed */
						done: string[];
						/** @description Ids of those that the account may not change, or that were so already */
						failed: string[];
					};
				};
			};
		};
	};
	groupCommunitiesRemoveGroups: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Community id, …@g.us */
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["GroupCommunitiesRemoveGroupsRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description Ids of the groups that were changed */
						done: string[];
						/** @description Ids of those that the account may not change, or that were so already */
						failed: string[];
					};
				};
			};
		};
	};
	channelStatuses: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["Status"][];
					};
				};
			};
		};
	};
	messagePostStatus: {
		parameters: {
			query?: never;
			header?: {
				/** @description A repeated request with the same key is not executed again: it gets the first response, with the header `Idempotency-Replayed: true` */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["PostStatus"];
			};
		};
		responses: {
			/** @description Accepted: it is carried out asynchronously */
			202: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Message"];
				};
			};
		};
	};
	channelDeleteStatus: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description WhatsApp's id of the status: `id` of a list, or `waId` of a post */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	channelViewStatus: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description WhatsApp's id of the status: `id` of a list, or `waId` of a post */
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["ChannelViewStatusRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	channelStatusViewers: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description WhatsApp's id of the status: `id` of a list, or `waId` of a post */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["StatusViewer"][];
					};
				};
			};
		};
	};
	channelList: {
		parameters: {
			query?: {
				/** @description A part of the name: all channels are searched */
				find?: string;
				/** @description The most channels that are found. Default: `50` */
				limit?: number;
			};
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["Channel"][];
					};
				};
			};
		};
	};
	channelCreate: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["ChannelCreateRequest"];
			};
		};
		responses: {
			/** @description Success */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Channel"];
				};
			};
		};
	};
	channelGet: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Channel id, …@newsletter */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Channel"];
				};
			};
		};
	};
	channelRemove: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Channel id, …@newsletter */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	channelUpdate: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Channel id, …@newsletter */
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["ChannelUpdateRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Channel"];
				};
			};
		};
	};
	channelFollow: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Channel id, …@newsletter */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	channelUnfollow: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Channel id, …@newsletter */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	channelMute: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Channel id, …@newsletter */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	channelUnmute: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Channel id, …@newsletter */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	channelFollowers: {
		parameters: {
			query?: {
				/** @description The most followers that are listed. Default: `100` */
				limit?: number;
			};
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Channel id, …@newsletter */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["ChannelFollower"][];
					};
				};
			};
		};
	};
	businessLabels: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["Label"][];
					};
				};
			};
		};
	};
	businessLabelsCreate: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["BusinessLabelsCreateRequest"];
			};
		};
		responses: {
			/** @description Success */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Label"];
				};
			};
		};
	};
	businessLabelsRemove: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Id of the label */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	businessLabelsUpdate: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Id of the label */
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["BusinessLabelsUpdateRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Label"];
				};
			};
		};
	};
	businessLabelsSetOfChat: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description The chat: a phone number, or a WhatsApp id such as 15550100002@c.us or 1203…@g.us */
				chatId: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["BusinessLabelsSetOfChatRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	businessLists: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["Label"][];
					};
				};
			};
		};
	};
	businessListsCreate: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["BusinessListsCreateRequest"];
			};
		};
		responses: {
			/** @description Success */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Label"];
				};
			};
		};
	};
	businessListsRemove: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Id of the list */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	businessListsUpdate: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Id of the list */
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["BusinessListsUpdateRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Label"];
				};
			};
		};
	};
	businessListsSetOfChat: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description The chat: a phone number, or a WhatsApp id such as 15550100002@c.us or 1203…@g.us */
				chatId: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["BusinessListsSetOfChatRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	businessProducts: {
		parameters: {
			query?: {
				/** @description The business: a phone number or a WhatsApp id; by default itself */
				of?: string;
				/** @description The most entries that are listed. Default: `50` */
				limit?: number;
			};
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["Product"][];
					};
				};
			};
		};
	};
	businessProductsCreate: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["BusinessProductsCreateRequest"];
			};
		};
		responses: {
			/** @description Success */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Product"];
				};
			};
		};
	};
	businessProductsRemove: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Id of the product */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	businessProductsUpdate: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Id of the product */
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["BusinessProductsUpdateRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Product"];
				};
			};
		};
	};
	businessCollections: {
		parameters: {
			query?: {
				/** @description The business: a phone number or a WhatsApp id; by default itself */
				of?: string;
				/** @description The most entries that are listed. Default: `50` */
				limit?: number;
			};
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["Collection"][];
					};
				};
			};
		};
	};
	businessCollectionsCreate: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["BusinessCollectionsCreateRequest"];
			};
		};
		responses: {
			/** @description Success */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Collection"];
				};
			};
		};
	};
	businessCollectionsRemove: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Id of the collection */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	businessCollectionsUpdate: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description Id of the collection */
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["BusinessCollectionsUpdateRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Collection"];
				};
			};
		};
	};
	presenceTyping: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description The chat: a phone number, or a WhatsApp id such as 15550100002@c.us or 1203…@g.us */
				chatId: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["PresenceTypingRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	presenceMarkRead: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description The chat: a phone number, or a WhatsApp id such as 15550100002@c.us or 1203…@g.us */
				chatId: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	presenceGet: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
				/** @description The chat: a phone number, or a WhatsApp id such as 15550100002@c.us or 1203…@g.us */
				chatId: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description WhatsApp's id of the chat or person: …@c.us, …@lid, or …@g.us for a group */
						chatId: string;
						/** @description Whether the contact is online now */
						online: boolean;
						/** @description When the person was last online, if they share it */
						lastSeen: string | null;
					};
				};
			};
		};
	};
	presenceSubscribe: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["PresenceSubscribeRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	presenceSet: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id or name */
				session: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["PresenceSetRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description Whether it was done
						 * @constant
						 */
						ok: true;
					};
				};
			};
		};
	};
	presenceUsers: {
		parameters: {
			query?: {
				/** @description The most entries of one page. Default: `50` */
				limit?: number;
				/** @description The `nextCursor` of the page before; absent for the first page */
				cursor?: string;
				/** @description Only users in this state */
				state?: "online" | "offline";
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["UserPresence"][];
						/** @description Pass it as `cursor` to get the next page; null on the last one */
						nextCursor: string | null;
					};
				};
			};
		};
	};
	webhookList: {
		parameters: {
			query?: {
				/** @description The most entries of one page. Default: `50` */
				limit?: number;
				/** @description The `nextCursor` of the page before; absent for the first page */
				cursor?: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["Webhook"][];
						/** @description Pass it as `cursor` to get the next page; null on the last one */
						nextCursor: string | null;
					};
				};
			};
		};
	};
	webhookCreate: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["WebhookCreateRequest"];
			};
		};
		responses: {
			/** @description Success */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The id that requests name it by */
						id: string;
						/** @description The URL */
						url: string;
						/** @description Event types, prefixes such as `message.*`, or `*` for all */
						events: string[];
						/** @description Only events of these sessions; null for all */
						sessions: string[] | null;
						/** @description Names of the additional headers; their values are not returned */
						headers: string[];
						/** @description A description; empty or null without one */
						description: string;
						/**
						 * @description session: the events of a session arrive in their order, one at a time; one that fails is retried before the next. none: several at a time, and a retry arrives after later events
						 * @enum {string}
						 */
						ordering: "none" | "session";
						/**
						 * @description standard: the event as the API lists it; cloudevents: in a CloudEvents 1.0 envelope; wppconnect: the bodies of wppconnect-server (`onmessage`, `onack`, …), where it has one for the event. Each is signed
						 * @enum {string}
						 */
						format: "standard" | "cloudevents" | "wppconnect";
						/**
						 * @description The current status
						 * @enum {string}
						 */
						status: "enabled" | "disabled";
						/** @description gone: the endpoint answered 410; failing: every delivery failed for five days; maker_gone: the user or API key that set it up was deleted, disabled or revoked, or has expired. Who enables it again is its new maker */
						disabledReason: ("requested" | "gone" | "failing" | "maker_gone") | null;
						/** @description Since when every delivery has failed; null when the last one did not */
						failingSince: string | null;
						/** @description The user or API key that set it up, or last changed what it delivers: it gets the events that this one may read */
						createdBy: string | null;
						/**
						 * Format: date-time
						 * @description When it was created
						 */
						createdAt: string;
						/**
						 * Format: date-time
						 * @description When it was last changed
						 */
						updatedAt: string;
						/** @description Secret (whsec_…) that verifies the signatures. Store it securely: it is not returned again */
						secret: string;
					};
				};
			};
		};
	};
	webhookGet: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The id (whk_…) */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Webhook"];
				};
			};
		};
	};
	webhookRemove: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The id (whk_…) */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	webhookUpdate: {
		parameters: {
			query?: never;
			header?: {
				/** @description The `ETag` of the version to change; 412 when the resource has changed since */
				"If-Match"?: components["parameters"]["IfMatch"];
			};
			path: {
				/** @description The id (whk_…) */
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["WebhookUpdateRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Webhook"];
				};
			};
		};
	};
	webhookTest: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The id (whk_…) */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Delivery"];
				};
			};
		};
	};
	webhookRotateSecret: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The id (whk_…) */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The id that requests name it by */
						id: string;
						/** @description The URL */
						url: string;
						/** @description Event types, prefixes such as `message.*`, or `*` for all */
						events: string[];
						/** @description Only events of these sessions; null for all */
						sessions: string[] | null;
						/** @description Names of the additional headers; their values are not returned */
						headers: string[];
						/** @description A description; empty or null without one */
						description: string;
						/**
						 * @description session: the events of a session arrive in their order, one at a time; one that fails is retried before the next. none: several at a time, and a retry arrives after later events
						 * @enum {string}
						 */
						ordering: "none" | "session";
						/**
						 * @description standard: the event as the API lists it; cloudevents: in a CloudEvents 1.0 envelope; wppconnect: the bodies of wppconnect-server (`onmessage`, `onack`, …), where it has one for the event. Each is signed
						 * @enum {string}
						 */
						format: "standard" | "cloudevents" | "wppconnect";
						/**
						 * @description The current status
						 * @enum {string}
						 */
						status: "enabled" | "disabled";
						/** @description gone: the endpoint answered 410; failing: every delivery failed for five days; maker_gone: the user or API key that set it up was deleted, disabled or revoked, or has expired. Who enables it again is its new maker */
						disabledReason: ("requested" | "gone" | "failing" | "maker_gone") | null;
						/** @description Since when every delivery has failed; null when the last one did not */
						failingSince: string | null;
						/** @description The user or API key that set it up, or last changed what it delivers: it gets the events that this one may read */
						createdBy: string | null;
						/**
						 * Format: date-time
						 * @description When it was created
						 */
						createdAt: string;
						/**
						 * Format: date-time
						 * @description When it was last changed
						 */
						updatedAt: string;
						/** @description Secret (whsec_…) that verifies the signatures. Store it securely: it is not returned again */
						secret: string;
					};
				};
			};
		};
	};
	webhookReplay: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The id (whk_…) */
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["WebhookReplayRequest"];
			};
		};
		responses: {
			/** @description Accepted: it is carried out asynchronously */
			202: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description Number of scheduled deliveries */
						scheduled: number;
					};
				};
			};
		};
	};
	webhookDeliveries: {
		parameters: {
			query?: {
				/** @description The most entries of one page. Default: `50` */
				limit?: number;
				/** @description The `nextCursor` of the page before; absent for the first page */
				cursor?: string;
				/** @description Only with this status */
				status?: "pending" | "delivered" | "failed";
			};
			header?: never;
			path: {
				/** @description The id (whk_…) */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["Delivery"][];
						/** @description Pass it as `cursor` to get the next page; null on the last one */
						nextCursor: string | null;
					};
				};
			};
		};
	};
	webhookRetry: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The id (dlv_…) */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Accepted: it is carried out asynchronously */
			202: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Delivery"];
				};
			};
		};
	};
	analyticsOverview: {
		parameters: {
			query?: {
				/** @description Start of the period; by default 24 hours before `until`, at most three years ago */
				from?: string;
				/** @description End of the period (exclusive); by default now, which is also the latest */
				until?: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["AnalyticsOverview"];
				};
			};
		};
	};
	analyticsTimeseries: {
		parameters: {
			query?: {
				/** @description What is counted. Default: `sent` */
				metric?: "queued" | "sent" | "delivered" | "read" | "failed" | "expired" | "cancelled" | "received" | "connected" | "disconnected";
				/** @description Minutes are kept for 48 hours, hours for 90 days, days for 3 years. Default: `hour` */
				interval?: "minute" | "hour" | "day";
				/** @description Start of the period; by default 1 hour (minutes), 24 hours (hours) or 30 days (days) before `until` */
				from?: string;
				/** @description End of the period (exclusive); by default now, which is also the latest */
				until?: string;
				/** @description Only this session, by id or name */
				session?: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["AnalyticsTimeSeries"];
				};
			};
		};
	};
	analyticsTrends: {
		parameters: {
			query?: {
				/** @description Start of the period; by default 24 hours before `until`, at most three years ago */
				from?: string;
				/** @description End of the period (exclusive); by default now, which is also the latest */
				until?: string;
				/** @description Only this session, by id or name */
				session?: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["AnalyticsTrends"];
				};
			};
		};
	};
	analyticsSessions: {
		parameters: {
			query?: {
				/** @description Start of the period; by default 24 hours before `until`, at most three years ago */
				from?: string;
				/** @description End of the period (exclusive); by default now, which is also the latest */
				until?: string;
				/** @description The most entries of one page. Default: `50` */
				limit?: number;
				/** @description The `nextCursor` of the page before; absent for the first page */
				cursor?: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["SessionAnalytics"][];
						/** @description Pass it as `cursor` to get the next page; null on the last one */
						nextCursor: string | null;
						/**
						 * Format: date-time
						 * @description Start of the period, rounded
						 */
						from: string;
						/**
						 * Format: date-time
						 * @description End of the period (exclusive), rounded
						 */
						until: string;
					};
				};
			};
		};
	};
	analyticsFailures: {
		parameters: {
			query?: {
				/** @description Start of the period; by default 24 hours before `until`, at most three years ago */
				from?: string;
				/** @description End of the period (exclusive); by default now, which is also the latest */
				until?: string;
				/** @description Only this session, by id or name */
				session?: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["AnalyticsFailures"];
				};
			};
		};
	};
	backupList: {
		parameters: {
			query?: {
				/** @description The most entries of one page. Default: `50` */
				limit?: number;
				/** @description The `nextCursor` of the page before; absent for the first page */
				cursor?: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["Backup"][];
						/** @description Pass it as `cursor` to get the next page; null on the last one */
						nextCursor: string | null;
					};
				};
			};
		};
	};
	backupCreate: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: {
			content: {
				"application/json": components["schemas"]["BackupCreateRequest"];
			};
		};
		responses: {
			/** @description Accepted: it is carried out asynchronously */
			202: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Backup"];
				};
			};
		};
	};
	backupExport: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: {
			content: {
				"application/json": components["schemas"]["BackupExportRequest"];
			};
		};
		responses: {
			/** @description Accepted: it is carried out asynchronously */
			202: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Backup"];
				};
			};
		};
	};
	backupScheduleGet: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["BackupSchedule"];
				};
			};
		};
	};
	backupSchedulePut: {
		parameters: {
			query?: never;
			header?: {
				/** @description The `ETag` of the version to change; 412 when the resource has changed since */
				"If-Match"?: components["parameters"]["IfMatch"];
			};
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["BackupSchedulePutRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["BackupSchedule"];
				};
			};
		};
	};
	backupGet: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The id (bak_…) */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Backup"];
				};
			};
		};
	};
	backupRemove: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The id (bak_…) */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	backupDownload: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The id (bak_…) */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/octet-stream": string;
					"application/gzip": string;
				};
			};
		};
	};
	backupVerify: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The id (bak_…) */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Accepted: it is carried out asynchronously */
			202: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Backup"];
				};
			};
		};
	};
	backupRestore: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The id (bak_…) */
				id: string;
			};
			cookie?: never;
		};
		requestBody?: {
			content: {
				"application/json": components["schemas"]["BackupRestoreRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["RestorePlan"];
				};
			};
			/** @description Accepted: it is carried out asynchronously */
			202: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["Backup"];
				};
			};
		};
	};
	clusterNodes: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["ClusterNode"][];
						/** @description Pass it as `cursor` to get the next page; null on the last one */
						nextCursor: string | null;
					};
				};
			};
		};
	};
	clusterPlacements: {
		parameters: {
			query?: {
				/** @description The most entries of one page. Default: `50` */
				limit?: number;
				/** @description The `nextCursor` of the page before; absent for the first page */
				cursor?: string;
				/** @description Only sessions on this node */
				node?: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["Placement"][];
						/** @description Pass it as `cursor` to get the next page; null on the last one */
						nextCursor: string | null;
					};
				};
			};
		};
	};
	clusterDrain: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The name of a session node */
				node: string;
			};
			cookie?: never;
		};
		requestBody?: {
			content: {
				"application/json": components["schemas"]["ClusterDrainRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["MovePlan"];
				};
			};
		};
	};
	clusterUndrain: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The name of a session node */
				node: string;
			};
			cookie?: never;
		};
		requestBody?: {
			content: {
				"application/json": components["schemas"]["ClusterUndrainRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["ClusterNode"];
				};
			};
		};
	};
	clusterRebalance: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: {
			content: {
				"application/json": components["schemas"]["ClusterRebalanceRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["MovePlan"];
				};
			};
		};
	};
	clusterMove: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The session's id; its name within the own tenant */
				session: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["ClusterMoveRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["MovePlan"];
				};
			};
		};
	};
	healthLive: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description The current status
						 * @enum {string}
						 */
						status: "pass" | "fail";
					};
				};
			};
		};
	};
	healthReady: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description The current status
						 * @enum {string}
						 */
						status: "pass" | "fail";
					};
				};
			};
		};
	};
	healthStartup: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/**
						 * @description The current status
						 * @enum {string}
						 */
						status: "pass" | "fail";
					};
				};
			};
		};
	};
	healthReport: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/health+json": components["schemas"]["Health"];
				};
			};
		};
	};
	healthCollect: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description Number of bytes freed */
						freedBytes: number;
					};
				};
			};
		};
	};
	sandboxListPhones: {
		parameters: {
			query?: {
				/** @description The most entries of one page. Default: `50` */
				limit?: number;
				/** @description The `nextCursor` of the page before; absent for the first page */
				cursor?: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["SandboxPhone"][];
						/** @description Pass it as `cursor` to get the next page; null on the last one */
						nextCursor: string | null;
					};
				};
			};
		};
	};
	sandboxCreatePhone: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["SandboxCreatePhoneRequest"];
			};
		};
		responses: {
			/** @description Success */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["SandboxPhone"];
				};
			};
		};
	};
	sandboxGetPhone: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The phone number, with or without + */
				phone: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["SandboxPhone"];
				};
			};
		};
	};
	sandboxRemovePhone: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The phone number, with or without + */
				phone: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	sandboxChangePhone: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The phone number, with or without + */
				phone: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["SandboxChangePhoneRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["SandboxPhone"];
				};
			};
		};
	};
	sandboxScan: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The phone number, with or without + */
				phone: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["SandboxScanRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["SandboxPhone"];
				};
			};
		};
	};
	sandboxSendMessage: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The phone number, with or without + */
				phone: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["SandboxSendMessageRequest"];
			};
		};
		responses: {
			/** @description Success */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The id that requests name it by */
						id: string;
						chat: components["schemas"]["Address"];
						/**
						 * Format: date-time
						 * @description When it happened
						 */
						at: string;
					};
				};
			};
		};
	};
	sandboxSendTyping: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The phone number, with or without + */
				phone: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["SandboxSendTypingRequest"];
			};
		};
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	sandboxSetPresence: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The phone number, with or without + */
				phone: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["SandboxSetPresenceRequest"];
			};
		};
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	sandboxReadChat: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The phone number, with or without + */
				phone: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["SandboxReadChatRequest"];
			};
		};
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	sandboxUnlinkDevices: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The phone number, with or without + */
				phone: string;
			};
			cookie?: never;
		};
		requestBody?: {
			content: {
				"application/json": components["schemas"]["SandboxUnlinkDevicesRequest"];
			};
		};
		responses: {
			/** @description Success */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	sandboxCall: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The phone number, with or without + */
				phone: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["SandboxCallRequest"];
			};
		};
		responses: {
			/** @description Success */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The id that requests name it by */
						id: string;
					};
				};
			};
		};
	};
	sandboxAct: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/** @description The phone number, with or without + */
				phone: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["SandboxActRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description What the phone shows afterwards; often empty */
						output: unknown;
					};
				};
			};
		};
	};
	sandboxListInbox: {
		parameters: {
			query?: {
				/** @description The most entries of one page. Default: `50` */
				limit?: number;
				/** @description The `nextCursor` of the page before; absent for the first page */
				cursor?: string;
				/** @description Only messages to the phone, or only from it. Default: `received` */
				direction?: "received" | "sent";
				/** @description A phone number or a chat id */
				chat?: string;
			};
			header?: never;
			path: {
				/** @description The phone number, with or without + */
				phone: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description The entries, or the content of the event */
						data: components["schemas"]["SandboxItem"][];
						/** @description Pass it as `cursor` to get the next page; null on the last one */
						nextCursor: string | null;
					};
				};
			};
		};
	};
	sandboxGetFaults: {
		parameters: {
			query?: {
				/** @description Limits the request to the faults of one phone; by default they apply to all of the tenant's phones */
				phone?: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description Delay of everything that is sent to the phones' sessions, in ms */
						latencyMs: number;
						/** @description Delay of the acknowledgement of a send and of its receipts, in ms */
						ackDelayMs: number;
						/** @description Messages arrive, but sends are not acknowledged and no receipts are sent until this is turned off */
						dropAcks: boolean;
						/** @description Sends are refused: all of them, or the given number of next ones */
						failSends: boolean | number;
						/** @description Disconnects the phones' sessions for this time from now on, in ms */
						disconnect: number;
						/** @description Messages and receipts are sent to sessions twice */
						duplicate: boolean;
						/** @description QR codes are treated as expired, and pairing codes are refused */
						failLinks: boolean;
						/** @description The phones' sessions are disconnected with this reason while it is set */
						unlink: ("conflict" | "banned" | "tos_block") | null;
					};
				};
			};
		};
	};
	sandboxSetFaults: {
		parameters: {
			query?: {
				/** @description Limits the request to the faults of one phone; by default they apply to all of the tenant's phones */
				phone?: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["SandboxSetFaultsRequest"];
			};
		};
		responses: {
			/** @description Success */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description Delay of everything that is sent to the phones' sessions, in ms */
						latencyMs: number;
						/** @description Delay of the acknowledgement of a send and of its receipts, in ms */
						ackDelayMs: number;
						/** @description Messages arrive, but sends are not acknowledged and no receipts are sent until this is turned off */
						dropAcks: boolean;
						/** @description Sends are refused: all of them, or the given number of next ones */
						failSends: boolean | number;
						/** @description Disconnects the phones' sessions for this time from now on, in ms */
						disconnect: number;
						/** @description Messages and receipts are sent to sessions twice */
						duplicate: boolean;
						/** @description QR codes are treated as expired, and pairing codes are refused */
						failLinks: boolean;
						/** @description The phones' sessions are disconnected with this reason while it is set */
						unlink: ("conflict" | "banned" | "tos_block") | null;
					};
				};
			};
		};
	};
}
