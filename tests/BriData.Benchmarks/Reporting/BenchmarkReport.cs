using BriData.Benchmarks.Measuring;

namespace BriData.Benchmarks.Reporting;

/// <summary>The results of a run, with everything needed to compare them with another.</summary>
internal sealed record BenchmarkReport(
    Machine Machine, int Clients, double MeasuredSeconds, double WarmupSeconds, int Rounds, IReadOnlyList<AgreementResult> Results);
