using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Entries.Events;
using BriData.Entries.Rules;
using BriData.Entries.Transfers;
using BriData.Grains.EventSourcing;
using BriData.Ledger.Storage;

namespace BriData.Grains.Agreements;

/// <content>What data derived from a transfer inherits.</content>
internal sealed partial class AgreementGrain
{
    public async Task<Reply<InheritedClassification>> GetReceivedAsync(long number, string dataSet, string importer)
    {
        if (await CommittedStateAsync() is { } unavailable)
        {
            return unavailable;
        }

        try
        {
            var transfer = await LookUpAsync(number);
            if (transfer is null || transfer.DataSet != dataSet || transfer.Importer != importer)
            {
                return UnknownTransfer(number);
            }

            if (!transfer.EverReleased)
            {
                return new Refusal(ErrorCodes.WrongState, $"Nothing was received by '{new TransferId(Id, number)}': it is {transfer.Status}.");
            }

            var request = EventDecoder.Decode((await ReadEntryAsync(transfer.RequestIndex))!.Value.Body);
            var inherited = Rules.InheritedBy(dataSet, ((TransferRequested)request.Data).Grant!, RecordedDecision.Obligations(request.Decision), EventDay(Now));
            return await CommittedStateAsync() is { } uncommitted ? uncommitted : inherited;
        }
        catch (Exception e) when (e is LedgerStoreException or UnreadableEntryException)
        {
            return LedgerRefusals.From(e);
        }
    }
}
