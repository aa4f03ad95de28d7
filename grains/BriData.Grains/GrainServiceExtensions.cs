using BriData.Entries.Rules;
using BriData.Grains.Accesses;
using BriData.Grains.Agreements;
using BriData.Grains.Audit;
using BriData.Grains.EventSourcing;
using BriData.Grains.Ledgers;
using BriData.Grains.Security;
using BriData.Grains.Witnesses;
using BriData.Identity;
using BriData.Ledger.Documents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BriData.Grains;

/// <summary>Registration of the grains' services.</summary>
public static class GrainServiceExtensions
{
    /// <summary>
    /// Registers what the grains need. The host adds the stores (ledgers, documents, payloads, value keys, audit index,
    /// snapshots under <see cref="BriDataGrainOptions.SnapshotStorage"/>), reminders, <see cref="PlatformKeys"/>, the
    /// founding issuers and identity.
    /// Safe to call twice.
    /// </summary>
    public static ISiloBuilder AddBriDataGrains(this ISiloBuilder builder, Action<BriDataGrainOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var options = services.AddOptions<BriDataGrainOptions>().ValidateDataAnnotations().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddKeyedSingleton(BriDataGrainOptions.Clock, TimeProvider.System);
        services.TryAddSingleton<LedgerGrainServices>();
        services.TryAddSingleton<OfficerPseudonyms>();
        services.TryAddSingleton<SubjectKeys>();
        services.TryAddSingleton<OperationMarks>();
        services.TryAddSingleton(static s => s.GetRequiredService<PlatformKeys>().ValueKeys);
        services.TryAddSingleton<PrivateTextReader>();
        services.TryAddSingleton<AgreementRecords>();
        services.TryAddSingleton(static provider => new RuleLibrary(provider.GetRequiredService<IDocumentStore>()));
        services.TryAddSingleton<CheckpointSigners>();
        services.TryAddSingleton<WitnessedCheckpoints>();
        services.TryAddSingleton<IWitnessPolicies, CountryWitnessPolicies>();
        services.TryAddSingleton<CallerRecognition>();
        services.TryAddSingleton<AccessRecorder>();
        services.TryAddSingleton<AuditReader>();
        services.TryAddSingleton<VisibleLedgers>();
        services.TryAddSingleton<AuditGate>();
        services.TryAddSingleton<IIssuerRegistry, GrainIssuerRegistry>();
        if (!services.Any(s => s.ImplementationType == typeof(SiloOnlyFilter)))
        {
            builder.AddIncomingGrainCallFilter<SiloOnlyFilter>();
        }

        return builder;
    }
}
