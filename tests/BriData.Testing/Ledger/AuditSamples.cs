using BriData.Ledger;
using BriData.Ledger.Audit;

namespace BriData.Testing.Ledger;

/// <summary>Audit records that tests share.</summary>
public static class AuditSamples
{
    public static DateTimeOffset Start { get; } = new(2026, 6, 15, 8, 0, 0, TimeSpan.Zero);

    /// <summary>A plain record between CN and KZ; the time is the start plus so many minutes.</summary>
    public static AuditRecord Record(LedgerId ledger, long index, double minutes) => new()
    {
        Ledger = ledger,
        Index = index,
        At = Start.AddMinutes(minutes),
        Kind = "transfer.requested",
        Parties = ["CN", "KZ"],
        Text = "transfer.requested",
    };
}
