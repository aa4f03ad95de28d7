using System.Globalization;

namespace BriData.Ledger.Evidence;

/// <summary>What the last line of an evidence pack signs (as a C2SP signed note), so that no line can be dropped or changed.</summary>
/// <param name="Country">Whose auditor asked for the pack.</param>
/// <param name="Entries">Number of entries.</param>
/// <param name="Sha256">SHA-256 of every byte before the last line.</param>
public sealed record EvidenceSeal(string Country, long Entries, Hash256 Sha256)
{
    private const string Magic = "bridata evidence pack v1";

    /// <summary>The note's text.</summary>
    public string Write() => string.Create(CultureInfo.InvariantCulture, $"{Magic}\n{Country}\n{Entries}\n{Sha256}\n");
}
