using BriData.Cli.Platform;
using BriData.Cli.Verifying;
using BriData.Entries.Events;
using BriData.Ledger;
using BriData.Ledger.Mirroring;

namespace BriData.Cli.Commands;

/// <summary>One run of <c>bridata mirror</c>.</summary>
internal sealed class MirrorRun(Surroundings surroundings, PlatformResources platform, string folder)
{
    public const int DefaultRequests = 8;

    private const long ProgressEvery = 10_240;

    public string? Vkey { get; init; }

    public bool Repair { get; init; }

    public int Requests { get; init; } = DefaultRequests;

    /// <summary>Mirrors one ledger into the folder.</summary>
    public Task<int> OneAsync(LedgerId ledger, CancellationToken cancellationToken) => MirrorAsync(ledger, folder, cancellationToken);

    /// <summary>Mirrors every ledger that the caller may see, each into a folder of its own. One that fails does not stop the others.</summary>
    /// <returns>The gravest outcome of all.</returns>
    public async Task<int> AllAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ListedLedger> ledgers;
        try
        {
            ledgers = await platform.ListLedgersAsync(cancellationToken);
        }
        catch (LedgerSourceException e)
        {
            throw new CommandException(ExitCodes.Failed, e.Message);
        }

        // Before anything new is copied: what is held and no longer shown has been taken out of sight. A ledger that the folder
        // holds itself was mirrored alone, perhaps from elsewhere.
        var held = MirroredFolders.In(folder).Select(f => Path.GetRelativePath(folder, f).Replace(Path.DirectorySeparatorChar, '/')).Where(f => f != ".").Order(StringComparer.Ordinal);
        var codes = new List<int>();
        foreach (var gone in held.Except(ledgers.Select(l => l.Id), StringComparer.Ordinal).ToArray())
        {
            codes.Add(await SayAsync(ExitCodes.Failed, $"{gone} is held here, and {platform.Address} no longer lists it."));
        }

        foreach (var listed in ledgers)
        {
            // The platform's word becomes a path here.
            codes.Add(LedgerId.TryParse(listed.Id, out var ledger)
                ? await MirrorAsync(ledger, Path.Combine(folder, ledger.Kind, ledger.Name), cancellationToken)
                : await SayAsync(ExitCodes.Failed, $"'{listed.Id}' is not a ledger."));
        }

        return codes.Contains(ExitCodes.Found) ? ExitCodes.Found : codes.Count == 0 ? ExitCodes.Ok : codes.Max();
    }

    private async Task<int> MirrorAsync(LedgerId ledger, string into, CancellationToken cancellationToken)
    {
        var progress = new Progress(surroundings.Messages, ledger);
        var options = new MirrorOptions { Vkey = Vkey, Repair = Repair, Parallelism = Requests, DocumentsOf = DocumentsOf, Progress = progress.Report };
        try
        {
            var result = await new LedgerMirror(new HttpLedgerSource(platform, ledger), into, options).RunAsync(cancellationToken);
            await surroundings.Output.WriteLineAsync($"{ledger}: {result.After} entries, {result.After - result.Before} new");
            return ExitCodes.Ok;
        }
        catch (MirrorProblemException e)
        {
            return await SayAsync(ExitCodes.Found, $"{ledger}: {e.Message}");
        }
        catch (Exception e) when (e is LedgerSourceException or IOException or UnauthorizedAccessException)
        {
            return await SayAsync(ExitCodes.Failed, $"{ledger}: {e.Message}");
        }
    }

    private async Task<int> SayAsync(int code, string message)
    {
        await surroundings.Messages.WriteLineAsync(message);
        return code;
    }

    private static IEnumerable<Hash256> DocumentsOf(ReadOnlyMemory<byte> entry)
    {
        try
        {
            return EntryDocuments.NamedBy(entry);
        }
        catch (UnreadableEntryException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <summary>Says now and then how far it is; bundles arrive on several threads.</summary>
    private sealed class Progress(TextWriter messages, LedgerId ledger)
    {
        private readonly Lock _lock = new();
        private long _said;

        public void Report(long done, long size)
        {
            lock (_lock)
            {
                if (done - _said >= ProgressEvery)
                {
                    _said = done;
                    messages.WriteLine($"{ledger}: {done} of {size} entries");
                }
            }
        }
    }
}
