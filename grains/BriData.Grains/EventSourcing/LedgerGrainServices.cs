using BriData.Grains.Security;
using BriData.Identity;
using BriData.Ledger.Documents;
using BriData.Ledger.Erasure;
using BriData.Ledger.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace BriData.Grains.EventSourcing;

/// <summary>What every event-sourced grain needs from the silo.</summary>
internal sealed class LedgerGrainServices(
    ILedgerStore store,
    IDocumentStore documents,
    IValueKeyStore keys,
    ICallerVerifier callers,
    OfficerPseudonyms officers,
    OperationMarks operations,
    [FromKeyedServices(BriDataGrainOptions.Clock)] TimeProvider time,
    IOptions<BriDataGrainOptions> options,
    [FromKeyedServices(BriDataGrainOptions.SnapshotStorage)] IGrainStorage snapshots)
{
    public ILedgerStore Store => store;

    public IDocumentStore Documents => documents;

    public IValueKeyStore Keys => keys;

    public ICallerVerifier Callers => callers;

    public OfficerPseudonyms Officers => officers;

    public OperationMarks Operations => operations;

    public TimeProvider Time => time;

    public BriDataGrainOptions Options => options.Value;

    public IGrainStorage Snapshots => snapshots;
}
