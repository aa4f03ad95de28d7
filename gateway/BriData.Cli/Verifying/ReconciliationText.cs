using System.Text.Json;
using BriData.Ledger.Reconciling;

namespace BriData.Cli.Verifying;

/// <summary>A reconciliation in plain words.</summary>
internal sealed class ReconciliationText(TextWriter output)
{
    public async Task WriteAsync(Reconciliation result)
    {
        await WriteAsync("A", result.A);
        await WriteAsync("B", result.B);
        await output.WriteLineAsync(Verdict(result));
        foreach (var entry in result.MissingInA)
        {
            await output.WriteLineAsync($"missing in A: {Describe(entry)}");
        }

        foreach (var entry in result.MissingInB)
        {
            await output.WriteLineAsync($"missing in B: {Describe(entry)}");
        }

        foreach (var (left, right) in result.Different.Select(d => (d.A, d.B)))
        {
            await output.WriteLineAsync($"different: A has {Describe(left)}; B has {Describe(right)}");
        }

        await WriteMovedAsync(result);
    }

    private static string Verdict(Reconciliation result) => result.Standing switch
    {
        Standing.Equal => $"Both hold the same {result.Common} entries.",
        Standing.AIsPrefix => $"The first {result.Common} entries are equal; B goes on where A ends.",
        Standing.BIsPrefix => $"The first {result.Common} entries are equal; A goes on where B ends.",
        Standing.Forked => $"The ledger's key has signed two histories. They are equal up to entry {result.Common - 1} and part after it; neither goes on from the other. The two signed checkpoints together prove it, whoever shows them.",
        Standing.DifferentKeys => $"The copies are signed by different keys: one of them is not what its owner takes it for. Their first {result.Common} entries are equal.",
        Standing.DifferentLedgers => "These are copies of different ledgers.",
        _ => "Nothing can be said: a copy is damaged, or not signed as it must be.",
    };

    private static string Describe(ReconciledEntry entry)
    {
        var (kind, transfer) = Read(entry.Body);
        return $"entry {entry.Index}, {kind}{(transfer is null ? "" : $" of {transfer}")}, hash {entry.LeafHash}";
    }

    // An entry of any version or form must be named all the same.
    private static (string Kind, string? Transfer) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            var entry = JsonElement.Parse(body.Span);
            return (entry.GetProperty("kind").GetString() ?? "no kind", entry.TryGetProperty("transfer", out var transfer) ? transfer.GetString() : null);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return ("of no known form", null);
        }
    }

    private async Task WriteAsync(string side, ReconciledCopy copy)
    {
        var signed = copy.Checkpoint is { } head ? $"{head.Size} entries, root {head.Root}, signed by {copy.Key}" : "no checkpoint that holds";
        await output.WriteLineAsync($"{side}: {copy.Location} ({copy.Ledger?.Value ?? "unknown ledger"}, {signed})");
        if (copy.Problem is { } problem)
        {
            await output.WriteLineAsync($"   {problem.Code}: {problem.Message}");
        }
    }

    /// <summary>Entries that moved together are told together: one that is missing moves all that follow.</summary>
    private async Task WriteMovedAsync(Reconciliation result)
    {
        for (var i = 0; i < result.Moved.Length;)
        {
            var first = result.Moved[i];
            var count = 1;
            while (i + count < result.Moved.Length && result.Moved[i + count] is var next && next.IndexInA == first.IndexInA + count && next.IndexInB == first.IndexInB + count)
            {
                count++;
            }

            await output.WriteLineAsync(count == 1
                ? $"moved: entry {first.IndexInA} of A is entry {first.IndexInB} of B"
                : $"moved: entries {first.IndexInA} to {first.IndexInA + count - 1} of A are entries {first.IndexInB} to {first.IndexInB + count - 1} of B");
            i += count;
        }
    }
}
