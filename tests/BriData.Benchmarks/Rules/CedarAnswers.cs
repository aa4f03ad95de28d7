namespace BriData.Benchmarks.Rules;

/// <summary>What the Node process answers first.</summary>
/// <param name="Cedar">Version of Cedar.</param>
/// <param name="Node">Version of Node.</param>
/// <param name="Answers">Deciding row of each request, or -1.</param>
internal sealed record CedarAnswers(string Cedar, string Node, int[] Answers);
