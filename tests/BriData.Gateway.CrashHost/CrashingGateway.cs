using BriData.Gateway.CrashHost.Storage;
using BriData.Gateway.Hosting;
using BriData.Gateway.SampleWorld;
using BriData.Grains;
using BriData.Ledger.Audit;
using BriData.Ledger.Documents;
using BriData.Ledger.Erasure;
using BriData.Ledger.Payloads;
using BriData.Ledger.Storage;
using BriData.Storage.Sqlite.Audit;
using BriData.Storage.Sqlite.Documents;
using BriData.Storage.Sqlite.Erasure;
using BriData.Storage.Sqlite.Ledgers;
using BriData.Storage.Sqlite.Payloads;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Storage;

namespace BriData.Gateway.CrashHost;

/// <summary>Composes the gateway over <see cref="MortalStorage"/>: ledgers, documents, payloads, their keys, snapshots and the
/// audit index.</summary>
internal static class CrashingGateway
{
    /// <param name="args">Settings of the gateway.</param>
    /// <param name="storage">Decides when the storage, and with it the process, dies.</param>
    public static WebApplication Build(string[] args, MortalStorage storage)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = [.. args, "--BriData:Gateway:SampleWorld=false", "--Logging:LogLevel:Default=None", "--Logging:LogLevel:Microsoft=None", "--Logging:LogLevel:Orleans=None"],
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Development,
        });
        builder.AddBriDataGateway();
        var services = builder.Services;

        // It would only print.
        services.Remove(services.Single(s => s.ImplementationType == typeof(DevelopmentWorldService)));
        services.AddSingleton<ILedgerStore>(s => new MortalLedgerStore(s.GetRequiredService<SqliteLedgerStore>(), storage));
        services.AddSingleton<IDocumentStore>(s => new MortalDocumentStore(new SqliteDocumentStore(s.GetRequiredService<SqliteLedgerStore>()), storage));
        services.AddSingleton<IPayloadStore>(s => new MortalPayloadStore(s.GetRequiredService<FilePayloadStore>(), storage));
        services.AddSingleton<IValueKeyStore>(s => new MortalValueKeyStore(s.GetRequiredService<SqliteValueKeyStore>(), storage));
        services.AddSingleton<IAuditIndex>(s => new MortalAuditIndex(s.GetRequiredService<SqliteAuditIndex>(), storage));
        var snapshots = services.Last(s => s.ServiceType == typeof(IGrainStorage) && Equals(s.ServiceKey, BriDataGrainOptions.SnapshotStorage)).KeyedImplementationFactory!;
        services.AddKeyedSingleton<IGrainStorage>(
            BriDataGrainOptions.SnapshotStorage, (s, key) => new MortalGrainStorage((IGrainStorage)snapshots(s, key), storage));

        var app = builder.Build();
        app.MapBriDataGateway();
        return app;
    }
}
