namespace BriData.Identity;

/// <summary>The names of roles in the <c>roles</c> claim: <c>agency</c>, <c>approver</c>, <c>auditor</c>, <c>admin</c>, <c>regulator</c>; case matters.</summary>
public static class CallerRoleNames
{
    public const string Agency = "agency";
    public const string Approver = "approver";
    public const string Auditor = "auditor";
    public const string Admin = "admin";
    public const string Regulator = "regulator";

    /// <summary>Reads one name. An unknown name gives <see langword="false"/>; it is never ignored.</summary>
    public static bool TryParse(string? name, out CallerRoles role)
    {
        role = name switch
        {
            Agency => CallerRoles.Agency,
            Approver => CallerRoles.Approver,
            Auditor => CallerRoles.Auditor,
            Admin => CallerRoles.Admin,
            Regulator => CallerRoles.Regulator,
            _ => CallerRoles.None,
        };
        return role != CallerRoles.None;
    }

    /// <summary>Reads several names into one set; false as soon as one is unknown.</summary>
    public static bool TryParse(IEnumerable<string?> names, out CallerRoles roles)
    {
        ArgumentNullException.ThrowIfNull(names);
        roles = CallerRoles.None;
        foreach (var name in names)
        {
            if (!TryParse(name, out var role))
            {
                roles = CallerRoles.None;
                return false;
            }

            roles |= role;
        }

        return true;
    }

    /// <summary>The names of a set, in a fixed order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The set holds a bit that has no name.</exception>
    public static IReadOnlyList<string> ToNames(CallerRoles roles)
    {
        const CallerRoles Known = CallerRoles.Agency | CallerRoles.Approver | CallerRoles.Auditor | CallerRoles.Admin | CallerRoles.Regulator;
        ArgumentOutOfRangeException.ThrowIfNotEqual((int)(roles & ~Known), 0, nameof(roles));
        var names = new List<string>(5);
        AddIf(CallerRoles.Agency, Agency);
        AddIf(CallerRoles.Approver, Approver);
        AddIf(CallerRoles.Auditor, Auditor);
        AddIf(CallerRoles.Admin, Admin);
        AddIf(CallerRoles.Regulator, Regulator);
        return names;

        void AddIf(CallerRoles role, string name)
        {
            if ((roles & role) != 0)
            {
                names.Add(name);
            }
        }
    }
}
