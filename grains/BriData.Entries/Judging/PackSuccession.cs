using BriData.Contracts.Countries;

namespace BriData.Entries.Judging;

/// <summary>Which rule packs a country need not tell any more.</summary>
internal static class PackSuccession
{
    /// <summary>Whether no decision of this day or a later one looks at a pack any more: what governs in its place is told.</summary>
    public static bool Succeeds(this PackInForce now, PackInForce held, DateOnly day) =>
        now.Part == held.Part && now.InForceFrom >= held.InForceFrom && (now.InForceFrom == held.InForceFrom || now.InForceFrom <= day);
}
