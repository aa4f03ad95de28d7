using System.Collections.Immutable;
using BriData.Contracts;
using BriData.Contracts.Audit;
using BriData.Entries.Accesses;
using BriData.Entries.Events;
using BriData.Grains.EventSourcing;
using BriData.Ledger;
using Microsoft.Extensions.Logging;
using Orleans.Placement;

namespace BriData.Grains.Accesses;

/// <summary>
/// The only writer of <c>access/{cc}</c>. Which reads an entry still covers is kept in memory only: a new activation
/// records anew.
/// </summary>
[GrainType("bridata.access"), Immovable]
internal sealed class AccessGrain(LedgerGrainServices services, ILogger<AccessGrain> logger) : LedgerGrain<AccessState>(services, logger), IAccessPeer
{
    private const int MaxWindows = 10_000;

    private readonly Dictionary<Window, Cover> _covers = [];

    private string Code => this.GetPrimaryKeyString();

    protected override LedgerId Ledger => LedgerId.Parse($"access/{Code}");

    public Task<Reply<ReceiptReference>> RecordAsync(AuditAccess access)
    {
        if (Unavailable is { } unavailable)
        {
            return Task.FromResult<Reply<ReceiptReference>>(unavailable);
        }

        var window = new Window(access.Officer, access.Agency, access.What, access.Ledger);
        var covered = access.Windowed && _covers.TryGetValue(window, out var cover) && cover.Until > Now;
        if (covered)
        {
            return _covers[window].Entry;
        }

        if (IsBusy)
        {
            return Task.FromResult<Reply<ReceiptReference>>(new Refusal(ErrorCodes.Busy, "Too many requests wait for this ledger."));
        }

        if (!access.Windowed)
        {
            return AppendAsync(access, null);
        }

        MakeRoom();
        var until = Now + Services.Options.AccessWindow;
        var entry = AppendAsync(access, until);

        _covers[window] = new Cover(until, entry);
        return KeepAsync(window, entry);
    }

    /// <summary>What was not recorded covers nothing.</summary>
    private async Task<Reply<ReceiptReference>> KeepAsync(Window window, Task<Reply<ReceiptReference>> entry)
    {
        var recorded = await entry;
        if (!recorded.IsOk && _covers.TryGetValue(window, out var cover) && cover.Entry == entry)
        {
            _covers.Remove(window);
        }

        return recorded;
    }

    private async Task<Reply<ReceiptReference>> AppendAsync(AuditAccess access, DateTimeOffset? until)
    {
        var (textKey, noKey) = await TextKeyAsync(access.Question.FirstOrDefault(static asked => !PlainConditions.Contains(asked))?.Value);
        if (noKey is not null)
        {
            return noKey;
        }

        var texts = PrivateTexts.Under(textKey);
        ImmutableArray<AskedCondition> question = [.. access.Question.Select(asked => Condition(asked, texts))];
        return await AppendAsync(
            new LedgerEvent
            {
                At = Now,
                Parties = [Code],
                By = new Actor(Code, access.Agency, access.Officer),
                Transfer = access.Transfer,
                Data = new AuditAccessed(
                    access.What, question.IsEmpty ? null : question, access.Ledger, access.Records, until, access.Start, access.Digest, texts.KeyName),
            },
            texts: texts);
    }

    private static AskedCondition Condition(AccessCondition asked, PrivateTexts texts) =>
        PlainConditions.Contains(asked)
            ? new AskedCondition(asked.Name, asked.Value)
            : new AskedCondition(asked.Name, Commitment: texts.Commit(asked.Name, asked.Value));

    private void MakeRoom()
    {
        if (_covers.Count < MaxWindows)
        {
            return;
        }

        var now = Now;
        foreach (var over in _covers.Where(c => c.Value.Until <= now).Select(c => c.Key).ToArray())
        {
            _covers.Remove(over);
        }

        if (_covers.Count >= MaxWindows)
        {
            _covers.Clear();
        }
    }

    private readonly record struct Window(string Officer, string? Agency, string What, string? Ledger);

    private readonly record struct Cover(DateTimeOffset Until, Task<Reply<ReceiptReference>> Entry);
}
