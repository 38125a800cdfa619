/** What the person may do, and why not. */

const WHY = {
  'secrets:write': 'add or change secrets',
  'keys:manage': 'set, replace, verify or remove keys',
  'integrations:write': 'create or change LLM configurations',
  'integrations:delete': 'delete LLM configurations',
  'sessions:run': 'see, start or stop sessions',
  'gateway_keys:manage': 'see, make or change gateway keys',
  'usage:read': 'see what requests used and cost',
  'audit:read': 'read the audit',
  'tenant:admin': 'remove a secret for good before its time',
};

export class Rights {
  constructor(session) {
    this.readOnly = Boolean(session.read_only);
    this.permissions = new Set(session.permissions);
  }

  /** Whether it may be offered. */
  has(permission) {
    return this.permissions.has(permission) && !(this.readOnly && !permission.endsWith(':read'));
  }

  /** Whether what goes with it may be looked at, which a server that is read only allows as well. */
  sees(permission) {
    return this.permissions.has(permission);
  }

  /** Why it is not offered, or null where it is; `what` says it in the words of the place. */
  why(permission, what = WHY[permission]) {
    if (this.has(permission)) {
      return null;
    }
    return this.readOnly && this.permissions.has(permission)
      ? 'This server is set to read only, so nothing can be changed here.'
      : `Your role here does not let you ${what}. An owner of the tenant can give you one that does.`;
  }
}
