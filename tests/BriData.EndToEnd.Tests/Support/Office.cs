using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace BriData.EndToEnd.Tests.Support;

/// <summary>The clients of one gateway: officers of every country, each with a token of its development issuer.</summary>
internal sealed class Office : IDisposable
{
    private readonly ConcurrentDictionary<string, Task<string>> _tokens = new();
    private readonly HttpClient _http;

    /// <param name="address">Where the gateway listens.</param>
    /// <param name="contract">What every answer is held against; null for none.</param>
    public Office(Uri address, OpenApiContract? contract = null)
    {
        Address = address;
        var sockets = new SocketsHttpHandler { MaxConnectionsPerServer = 256, Expect100ContinueTimeout = TimeSpan.FromSeconds(10) };
        _http = new HttpClient(contract is null ? sockets : new ContractHandler(contract) { InnerHandler = sockets })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromSeconds(60),
        };
    }

    public Uri Address { get; }

    public Officer Anonymous => new(_http, null);

    /// <summary>Whoever presents this token.</summary>
    public Officer With(string token) => new(_http, token);

    /// <param name="who">A country, <c>CN</c>, or an agency, <c>CN/customs</c>.</param>
    /// <param name="role">One role, or several separated by commas.</param>
    /// <param name="subject">The person; the same person is the same officer.</param>
    public async Task<Officer> AsAsync(string who, string role, string? subject = null) =>
        new(_http, await _tokens.GetOrAdd($"{who} {role} {subject}", _ => IssueAsync(who, role, subject ?? $"{who}-{role}")));

    public Task<Officer> AgencyAsync(string agency, string? subject = null) => AsAsync(agency, "agency", subject);

    public Task<Officer> AdminAsync(string country, string? subject = null) => AsAsync(country, "admin", subject);

    public Task<Officer> AuditorAsync(string country) => AsAsync(country, "auditor");

    public Task<Officer> ApproverAsync(string country, string? subject = null) => AsAsync(country, "approver", subject);

    public void Dispose() => _http.Dispose();

    private async Task<string> IssueAsync(string who, string role, string subject)
    {
        var body = new JsonObject
        {
            ["country"] = who[..2],
            ["agency"] = who.Length > 2 ? who[3..] : null,
            ["roles"] = new JsonArray([.. role.Split(',').Select(r => JsonValue.Create(r))]),
            ["subject"] = subject,
        };
        using var content = new StringContent(body.ToJsonString(), MediaTypeHeaderValue.Parse("application/json"));
        return (await Answer.OfAsync(await _http.PostAsync(new Uri("dev/tokens", UriKind.Relative), content))).Is(200).Value("accessToken")!;
    }
}
