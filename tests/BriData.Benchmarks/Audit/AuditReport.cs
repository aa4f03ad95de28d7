using BriData.Benchmarks.Measuring;

namespace BriData.Benchmarks.Audit;

/// <summary>The results of a run, with everything needed to compare them with another.</summary>
/// <param name="Machine">Where it ran.</param>
/// <param name="Entries">Entries in the index when it was asked.</param>
/// <param name="Bytes">Size of the index on the disk.</param>
/// <param name="BuiltPerSecond">Entries a second while it was built, in batches of 2,000; null when an earlier run built it.</param>
/// <param name="SingleMicroseconds">Median time to take in one entry alone.</param>
/// <param name="Inquiries">One line per question.</param>
/// <param name="Load">The run under load.</param>
internal sealed record AuditReport(
    Machine Machine, long Entries, long Bytes, double? BuiltPerSecond, double SingleMicroseconds, IReadOnlyList<InquiryResult> Inquiries, AuditLoadResult Load);
