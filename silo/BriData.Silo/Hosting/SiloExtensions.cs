using System.Net;
using System.Net.Sockets;
using BriData.Grains;
using BriData.Grains.Audit;
using BriData.Grains.Countries;
using BriData.Grains.EventSourcing;
using BriData.Identity;
using BriData.Silo.Audit;
using BriData.Silo.Erasure;
using BriData.Silo.Founding;
using BriData.Silo.Payloads;
using BriData.Silo.Security;
using BriData.Silo.Upkeep;
using BriData.Silo.Witnesses;
using BriData.Storage.Sqlite.Hosting;
using BriData.Storage.Sqlite.Snapshots;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace BriData.Silo.Hosting;

/// <summary>Puts a BriData silo into a host.</summary>
public static class SiloExtensions
{
    private const string DevelopmentOrigin = "bridata.local";

    /// <summary>
    /// Adds a silo with durable embedded storage. Settings come from the section <c>BriData</c>; <paramref name="configure"/>
    /// has the last word. Options are checked before the silo joins.
    /// </summary>
    public static IHostApplicationBuilder AddBriDataSilo(this IHostApplicationBuilder builder, Action<BriDataSiloOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var section = builder.Configuration.GetSection("BriData");
        var options = new BriDataSiloOptions();
        section.Bind(options);
        configure?.Invoke(options);
        var services = builder.Services;
        services.AddOptions<BriDataSiloOptions>().Bind(section).Configure(o => configure?.Invoke(o)).ValidateDataAnnotations().ValidateOnStart();
        services.Configure<HostOptions>(o => o.ShutdownTimeout = options.ShutdownTimeout);

        services.AddBriDataSqliteStorage(o =>
        {
            section.GetSection("Storage").Bind(o);
            o.DataDirectory = options.DataDirectory;
        });
        services.AddBriDataIdentity(o => section.GetSection("Identity").Bind(o));

        // In a directory that is this process's own: of two first starts at one moment each would make a seed, and one be lost.
        services.TryAddSingleton(static s => PlatformKeyFile.LoadOrCreate(s.GetRequiredService<StorageDirectory>().FullPath));
        services.TryAddSingleton<IFoundingIssuers, ConfiguredFoundingIssuers>();
        services.TryAddSingleton<AuditInstruments>();
        services.TryAddSingleton<ScrubInstruments>();
        services.TryAddSingleton<AuditProjectionService>();
        services.TryAddSingleton<AuditRebuildService>();
        services.AddOptions<WitnessOptions>().Bind(section.GetSection("Witnesses")).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<WitnessInstruments>();
        services.TryAddSingleton<WitnessPauses>();
        services.TryAddSingleton<WitnessSlots>();
        services.TryAddSingleton(s => new WitnessClient(s.GetRequiredService<IOptions<WitnessOptions>>(), WitnessClient.Handler()));
        services.TryAddSingleton<WitnessAsker>();
        services.TryAddSingleton<CosignatureCollector>();
        services.TryAddSingleton<IAuditFreshness>(s => s.GetRequiredService<AuditProjectionService>());

        builder.UseOrleans(silo =>
        {
            var siloPort = options.SiloPort == 0 ? FreePort() : options.SiloPort;
            silo.UseDevelopmentClustering(new IPEndPoint(IPAddress.Loopback, siloPort));
            silo.ConfigureEndpoints(IPAddress.Loopback, siloPort, options.ClientPort);
            silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (options.ClusterId, options.ServiceId));
            silo.Configure<SiloMessagingOptions>(o =>
            {
                o.ResponseTimeout = options.ResponseTimeout;

                // A ledger append is never cancelled once it is queued; only the wait for it ends.
                o.CancelRequestOnTimeout = false;
            });
            silo.AddSqliteGrainStorage(BriDataGrainOptions.SnapshotStorage, o => o.GrainStorageSerializer = new SnapshotSerializer());
            silo.AddBriDataGrains(o =>
            {
                section.GetSection("Grains").Bind(o);
                if (string.IsNullOrEmpty(o.LogOrigin) && builder.Environment.IsDevelopment())
                {
                    // Nowhere else: two installations of one origin would be one log to a witness that both use.
                    o.LogOrigin = DevelopmentOrigin;
                }
            });

            // One process: what the reminders are about is on the ledgers, and each agreement asks for its own again.
            silo.UseInMemoryReminderService();
            silo.AddActivityPropagation();
        });

        // After the silo, so that grains can be called.
        services.AddHostedService(s => s.GetRequiredService<AuditProjectionService>());
        services.AddHostedService(s => s.GetRequiredService<AuditRebuildService>());
        services.AddHostedService<AuditLagService>();
        services.AddHostedService<FoundingService>();
        services.AddHostedService<PayloadSweepService>();
        services.AddHostedService<WitnessService>();
        services.AddHostedService<LedgerScrubService>();
        services.AddHostedService<ErasedKeysService>();
        services.AddHostedService<ErasureWakeService>();
        return builder;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
