namespace BriData.Benchmarks.Rules;

/// <summary>What the Node process answers second: nanoseconds per decision.</summary>
/// <param name="Times">With the table.</param>
/// <param name="EmptyTimes">With a policy set that holds nothing.</param>
internal sealed record CedarTimes(long[] Times, long[] EmptyTimes);
