using System.Text;
using System.Text.Json.Nodes;
using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.BadInput;

/// <summary>A request that must be refused.</summary>
/// <param name="Name">Names the case in reports.</param>
/// <param name="Who">Country or agency.</param>
/// <param name="Role">Role of the caller.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Status">Expected status.</param>
/// <param name="Code">Expected code.</param>
internal sealed record BadRequest(string Name, string Who, string Role, string Method, string Path, int Status, string Code)
{
    public byte[]? Body { get; init; }

    public string? MediaType { get; init; } = "application/json";

    /// <summary>Value of <c>Idempotency-Key</c>; null to leave it out.</summary>
    public string? Key { get; init; } = "bad-input";

    public (string Name, string Value)[] Headers { get; init; } = [];

    public static BadRequest Get(string name, string who, string role, string path, int status, string code) =>
        new(name, who, role, "GET", path, status, code);

    public static BadRequest Send(string name, string who, string role, string method, string path, string body, int status, string code) =>
        new(name, who, role, method, path, status, code) { Body = Encoding.UTF8.GetBytes(body) };

    /// <summary>A request for a transfer by KZ/customs with one thing changed.</summary>
    public static BadRequest Transfer(string name, int status, string code, Action<JsonObject> change)
    {
        var body = TransferBody();
        change(body);
        return TransferText(name, status, code, body.ToJsonString());
    }

    public static BadRequest TransferText(string name, int status, string code, string body) =>
        Send(name, "KZ/customs", "agency", "POST", "v1/transfers", body, status, code);

    public static JsonObject TransferBody() => new()
    {
        ["agreement"] = "cn-kz-customs",
        ["dataset"] = "CN/customs/declarations",
        ["purpose"] = "InternationalTrade",
        ["facts"] = new JsonObject(),
    };

    public async Task<Answer> SendAsync(Office office)
    {
        var officer = await office.AsAsync(Who, Role);
        (string, string)[] key = Key is null || Method == "GET" ? [] : [("Idempotency-Key", Key)];
        return await officer.SendAsync(new HttpMethod(Method), Path, Body is null ? null : Officer.Content(Body, MediaType), [.. key, .. Headers]);
    }
}
