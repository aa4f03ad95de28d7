using BriData.Benchmarks.Measuring;

namespace BriData.Benchmarks.Audit;

/// <summary>The results of a run, with everything needed to compare them with another.</summary>
/// <param name="Machine">Where it ran.</param>
/// <param name="Entries">Entries in the index when it was asked.</param>
/// <param name="Bytes">Size of the index on the disk.</param>
/// <param name="Built">How fast it was built; null when an earlier run built it.</param>
/// <param name="SingleMicroseconds">Median processor time to take in one entry alone.</param>
/// <param name="Inquiries">One line per question.</param>
/// <param name="Load">The run under load.</param>
internal sealed record AuditReport(
    Machine Machine, long Entries, long Bytes, AuditBuildResult? Built, double SingleMicroseconds, IReadOnlyList<InquiryResult> Inquiries, AuditLoadResult Load);
