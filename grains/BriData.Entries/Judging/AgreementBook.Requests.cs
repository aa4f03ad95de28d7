using BriData.Entries.Rules;
using BriData.Entries.Transfers;
using BriData.Policy.Decisions;
using BriData.Policy.Facts;

namespace BriData.Entries.Judging;

/// <content>Requests, and the decisions on them.</content>
internal sealed partial class AgreementBook
{
    private readonly Dictionary<(string Grant, int Year), long> _used = [];
    private long _next = 1;

    /// <summary>Decisions that were made again.</summary>
    public long Decisions { get; private set; }

    /// <summary>Decisions that could not be made again because a document is missing.</summary>
    public long DecisionsLeftOut { get; private set; }

    private void Requested(JudgedEntry e, TransferRequested request)
    {
        var entry = e.Event;
        e.Require(Status == "inForce", JudgeCodes.NotInForce, $"A transfer is asked for while the agreement is {Status}.");
        e.Require(request.Number == _next, JudgeCodes.CounterGap, $"Transfer {_next} comes next; this is {request.Number}.");
        e.Require(entry.Transfer == new TransferId(_id, request.Number).ToString(), JudgeCodes.EnvelopeDiffers, $"The transfer {request.Number} is called '{entry.Transfer}'.");
        e.Require(Identifiers.AgencyOf(entry.DataSet!) == entry.Exporter, JudgeCodes.EnvelopeDiffers, $"{entry.DataSet} is not of {entry.Exporter}.");
        e.Require(e.By.Agency is { } agency && (agency == entry.Exporter || agency == entry.Importer), JudgeCodes.WrongActor, $"{e.By.Agency ?? e.By.Country} asks for a transfer from {entry.Exporter} to {entry.Importer}.");
        e.Require(request.EventDate == e.Day, JudgeCodes.WrongDate, $"The rules of {request.EventDate:O} were taken on {e.Day:O}.");
        e.Require(request.ExpiresAt == entry.At.AddDays(_terms!.TransferValidDays), JudgeCodes.WrongDate, $"The terms give {_terms.TransferValidDays} days; the transfer ends at {request.ExpiresAt:O}.");
        e.Require(EveryoneHasSpoken(), JudgeCodes.ContextMissing, "A decision is made before every party, and every agency of the terms, has said what governs it.");
        var stated = StatementRules.Require(e, request.Facts, e.By.Agency == entry.Exporter ? FactSource.Exporter : FactSource.Requester, "the request");
        if (e.Require(_agencies.TryGetValue(entry.Exporter!, out var exporter) && exporter.DataSets.ContainsKey(entry.DataSet!), JudgeCodes.UnknownDataSet, $"There is no data set {entry.DataSet} under the agreement."))
        {
            Judge(e, request, stated);
        }

        Open(e, request);
        _next = request.Number + 1;
    }

    private void Judge(JudgedEntry e, TransferRequested request, FactSet? stated)
    {
        if (stated is null || !_terms!.Parties.All(_countries.ContainsKey) || Blocked())
        {
            return;
        }

        var grant = _fold.GrantOf(e.Event, request);
        e.Require(request.Grant == grant, JudgeCodes.StatusDiffers, $"The request comes under the grant '{grant}'; the entry says '{request.Grant}'.");
        var used = grant is null ? 0 : _used.GetValueOrDefault((grant, e.Event.At.Year));
        e.Require(request.UsedThisYear == used, JudgeCodes.CounterGap, $"{used} transfers were counted under '{grant}'; the entry says {request.UsedThisYear}.");
        RequireTotals(e, request, stated);
        if (Repeat(e) is { } decision)
        {
            e.Require(request.Totals is null || request.Totals.Counted == decision.CountsTowardTotals, JudgeCodes.DecisionDiffers, $"Whether the persons count comes out as {decision.CountsTowardTotals}.");
        }
    }

    /// <summary>Makes the entry's decision again; null when it cannot be.</summary>
    private Decision? Repeat(JudgedEntry e)
    {
        var decision = _fold.Repeat(e.Event)!;
        Decisions++;
        e.Require(
            DecisionEncoder.Encodes(decision, e.Event.Decision.Span),
            JudgeCodes.DecisionDiffers,
            $"The decision comes out as {decision.Outcome} ({decision.Code}) when it is made again; recorded is {e.Outcome} ({e.Code}), and the two differ in their bytes.");
        return decision;
    }

    private bool Blocked()
    {
        DecisionsLeftOut += _undocumented.Count > 0 ? 1 : 0;
        return _undocumented.Count > 0;
    }

    private void Open(JudgedEntry e, TransferRequested request)
    {
        // The words of the ledger's format, not of the engine: a status follows from the outcome as recorded.
        var status = e.Outcome switch
        {
            "Permit" or "PermitWithObligations" => TransferStatus.Permitted,
            "ApprovalRequired" => TransferStatus.PendingApproval,
            _ => TransferStatus.Denied,
        };
        e.Require(request.Status == status, JudgeCodes.StatusDiffers, $"The outcome {e.Outcome} leads to '{status}'; the entry says '{request.Status}'.");
        if (request.Grant is { } grant && request.Status != TransferStatus.Denied)
        {
            var key = (grant, e.Event.At.Year);
            _used[key] = _used.GetValueOrDefault(key) + 1;
        }

        var record = new TransferRecord(e.Event, request)
        {
            ApprovalsAsked = e.Outcome == "ApprovalRequired" ? RecordedDecision.ApprovingCountries(e.Event.Decision) : [],
            LookedAt = (_governing, e.Day),
        };
        if (request.Status == TransferStatus.PendingApproval)
        {
            record.Pending.UnionWith(record.ApprovalsAsked);
        }

        TakeTextKey(e, record);
        Keep(record, e.Event.At);
    }
}
