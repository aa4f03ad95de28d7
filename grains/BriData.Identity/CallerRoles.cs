namespace BriData.Identity;

/// <summary>What a caller may act as, from the token's <c>roles</c> claim. A caller may hold several.</summary>
[Flags]
public enum CallerRoles
{
    /// <summary>No role: the caller is recognised, and may do only what any recognised caller may.</summary>
    None = 0,

    /// <summary>Asks for, hands over and collects data for one agency.</summary>
    Agency = 1,

    /// <summary>Approves or rejects what needs a second person.</summary>
    Approver = 2,

    /// <summary>Reads the record of the caller's own country.</summary>
    Auditor = 4,

    /// <summary>Keeps the country's scheme, rule packs, agreements, members and issuers.</summary>
    Admin = 8,

    /// <summary>Reads the record of the caller's own country, and of what it shares with others only the own side's fields.</summary>
    Regulator = 16,
}
