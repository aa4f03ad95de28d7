namespace BriData.Policy.Classification;

/// <summary>Wire names of the neutral ladder.</summary>
public static class SecurityLevels
{
    private static readonly string[] Codes = ["open", "internal", "restricted", "confidential", "secret", "top"];

    /// <summary>The lower-case name of a level, <c>confidential</c>.</summary>
    public static string ToCode(this SecurityLevel level) => Codes[(int)level];

    /// <summary>Reads a level; only the exact lower-case names are accepted.</summary>
    public static bool TryParse(string? code, out SecurityLevel level)
    {
        var index = Array.IndexOf(Codes, code);
        level = index < 0 ? default : (SecurityLevel)index;
        return index >= 0;
    }
}
