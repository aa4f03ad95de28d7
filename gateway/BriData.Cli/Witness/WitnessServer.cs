using System.Net;
using System.Threading.RateLimiting;

namespace BriData.Cli.Witness;

/// <summary>Puts a witness on the network: <c>POST /add-checkpoint</c> and <c>GET /{origin hash}/checkpoint</c>.</summary>
internal static class WitnessServer
{
    /// <summary>Longest request body, in bytes: room for sixteen signatures of the longest kind and a proof.</summary>
    public const int MaxBody = 128 << 10;

    private const int MaxConnections = 1000;

    /// <summary>Prepares the server; nothing listens before it is started. It takes no settings from files or the environment.</summary>
    /// <param name="urls">Addresses to listen on.</param>
    /// <param name="rate">Requests per second from one client; bursts of twice as many are taken.</param>
    /// <param name="create">Makes the witness.</param>
    public static WebApplication Build(IEnumerable<string> urls, int rate, Func<ILogger, CheckpointWitness> create)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        });
        builder.Logging.AddSimpleConsole(format => (format.SingleLine, format.UseUtcTimestamp, format.TimestampFormat) = (true, true, "yyyy-MM-ddTHH:mm:ssZ "));
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddRoutingCore();
        builder.Services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
                ClientOf(context.Connection.RemoteIpAddress),
                _ => new TokenBucketRateLimiterOptions { TokenLimit = 2 * rate, TokensPerPeriod = rate, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0 }));
        });

        var app = builder.Build();
        var witness = create(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("witness"));
        app.UseRateLimiter();
        app.MapPost("/add-checkpoint", context => AddAsync(context, witness));
        app.MapGet("/{originHash}/checkpoint", context => GetAsync(context, witness));
        foreach (var url in urls)
        {
            app.Urls.Add(url);
        }

        return app;
    }

    private static async Task AddAsync(HttpContext context, CheckpointWitness witness)
    {
        using var body = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        }
        catch (BadHttpRequestException e)
        {
            await WriteAsync(context, new WitnessAnswer(e.StatusCode, "The body is too long, too slow or broken off.\n"));
            return;
        }

        var answer = await witness.AddAsync(body.GetBuffer().AsMemory(0, (int)body.Length), context.RequestAborted);
        await WriteAsync(context, answer);
    }

    private static Task GetAsync(HttpContext context, CheckpointWitness witness) =>
        WriteAsync(context, witness.Latest((string)context.Request.RouteValues["originHash"]!) is { } checkpoint
            ? new WitnessAnswer(StatusCodes.Status200OK, checkpoint)
            : new WitnessAnswer(StatusCodes.Status404NotFound, "No checkpoint of that log was cosigned.\n"));

    private static Task WriteAsync(HttpContext context, WitnessAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.MediaType;
        return context.Response.WriteAsync(answer.Body, context.RequestAborted);
    }

    // A client of IPv6 has at least a /64 to itself; counted by address it would have no limit.
    private static string ClientOf(IPAddress? address) =>
        address switch
        {
            null => "",
            { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
            { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
            _ => address.ToString(),
        };
}
