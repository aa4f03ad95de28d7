using System.Diagnostics.Metrics;
using BriData.Ledger.Audit;
using BriData.Ledger.Documents;
using BriData.Ledger.Erasure;
using BriData.Ledger.Payloads;
using BriData.Ledger.Storage;
using BriData.Ledger.Witnesses;
using BriData.Storage.Sqlite.Audit;
using BriData.Storage.Sqlite.Documents;
using BriData.Storage.Sqlite.Erasure;
using BriData.Storage.Sqlite.Ledgers;
using BriData.Storage.Sqlite.Payloads;
using BriData.Storage.Sqlite.Snapshots;
using BriData.Storage.Sqlite.Witnesses;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BriData.Storage.Sqlite.Hosting;

/// <summary>Registration of the embedded store.</summary>
public static class SqliteStorageExtensions
{
    /// <summary>
    /// Adds the ledger, document, payload and key stores and the audit index, each once per process. The data directory is
    /// created and locked when the first of them is resolved. The host adds the <see cref="ValueKeyWrapper"/>. Safe to call
    /// more than once.
    /// </summary>
    public static IServiceCollection AddBriDataSqliteStorage(this IServiceCollection services, Action<SqliteStorageOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<SqliteStorageOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SqliteStorageOptions>, SqliteStorageOptionsValidator>());
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static s => new StorageDirectory(Options(s).Value.DataDirectory));

        services.TryAddSingleton(static s => new SqliteLedgerStore(
            s.GetRequiredService<StorageDirectory>(), Options(s), s.GetService<ILogger<SqliteLedgerStore>>(), s.GetService<IMeterFactory>()));
        services.TryAddSingleton<ILedgerStore>(static s => s.GetRequiredService<SqliteLedgerStore>());
        services.TryAddSingleton<ILedgerActivity>(static s => s.GetRequiredService<SqliteLedgerStore>());
        services.TryAddSingleton<ILedgerUpkeep>(static s => s.GetRequiredService<SqliteLedgerStore>());
        services.TryAddSingleton<IDocumentStore, SqliteDocumentStore>();

        services.TryAddSingleton<SqliteAuditIndex>();
        services.TryAddSingleton<IAuditIndex>(static s => s.GetRequiredService<SqliteAuditIndex>());

        services.TryAddSingleton<IWitnessStore, SqliteWitnessStore>();

        services.TryAddSingleton<FilePayloadStore>();
        services.TryAddSingleton<IPayloadStore>(static s => s.GetRequiredService<FilePayloadStore>());

        services.TryAddSingleton(static s => new SqliteValueKeyStore(
            s.GetRequiredService<StorageDirectory>(), Options(s), s.GetRequiredService<ValueKeyWrapper>(), s.GetService<ILogger<SqliteValueKeyStore>>()));
        services.TryAddSingleton<IValueKeyStore>(static s => s.GetRequiredService<SqliteValueKeyStore>());
        services.TryAddSingleton<SealedPayloads>();

        services.TryAddSingleton(static s => new SnapshotFile(s.GetRequiredService<StorageDirectory>(), Options(s).Value, s.GetService<ILogger<SnapshotFile>>()));
        return services;
    }

    private static IOptions<SqliteStorageOptions> Options(IServiceProvider services) => services.GetRequiredService<IOptions<SqliteStorageOptions>>();
}
