namespace BriData.EndToEnd.Tests.Visibility;

/// <summary>
/// Who is answered how on every route: a status, or <c>act</c> where the caller may and it would change the exchange under
/// test (other tests do that). Columns as in <see cref="Persona.Names"/>.
/// </summary>
internal static class RouteTable
{
    private const string Text =
        """
        GET /v1/agencies/{cc}/{slug}                           200 200 200 200 200 200 200 403
        GET /v1/agencies/{cc}/{slug}/totals                    200 403 403 403 403 403 403 403
        GET /v1/agreements/{id}                                200 200 200 200 200 200 404 403
        GET /v1/audit/accesses                                 403 403 403 200 403 200 200 403
        GET /v1/audit/entries                                  403 403 403 200 403 200 200 403
        GET /v1/audit/export                                   403 403 403 200 403 200 200 403
        GET /v1/audit/transfers/{id}                           403 403 403 200 403 200 404 403
        GET /v1/countries                                      200 200 200 200 200 200 200 403
        GET /v1/countries/{cc}                                 200 200 200 200 200 200 200 403
        GET /v1/countries/{cc}/classification-scheme           200 200 200 200 200 200 200 403
        GET /v1/countries/{cc}/issuers                         403 403 403 403 200 403 403 403
        GET /v1/countries/{cc}/rule-packs                      403 403 403 403 200 403 403 403
        GET /v1/countries/{cc}/rule-packs/{version}            403 403 403 403 404 403 403 403
        GET /v1/countries/{cc}/signing-keys                    200 200 200 200 200 200 200 403
        GET /v1/countries/{cc}/witnesses                       200 200 200 200 200 200 200 403
        GET /v1/datasets                                       200 200 200 200 200 200 200 403
        GET /v1/documents/{sha256}                             403 403 403 404 404 403 404 403
        GET /v1/ledgers                                        403 403 403 200 403 200 200 403
        GET /v1/ledgers/{kind}/{id}/checkpoint                 403 403 403 200 403 200 404 403
        GET /v1/ledgers/{kind}/{id}/checkpoint/witnessed       403 403 403 404 403 404 404 403
        GET /v1/ledgers/{kind}/{id}/replay                     403 403 403 200 200 403 404 403
        GET /v1/ledgers/{kind}/{id}/tile/entries/{tile}        403 403 403 200 403 403 404 403
        GET /v1/ledgers/{kind}/{id}/tile/{level}/{tile}        403 403 403 200 403 403 404 403
        GET /v1/rules/schema                                   200 200 200 200 200 200 200 403
        GET /v1/rules/vocabulary                               200 200 200 200 200 200 200 403
        GET /v1/transfers/{id}                                 200 200 200 200 200 403 404 403
        GET /v1/transfers/{id}/explanation                     200 200 200 200 200 403 404 403
        GET /v1/transfers/{id}/payload                         403 act 403 403 403 403 404 403
        GET /v1/transfers/{id}/receipt                         200 200 200 200 200 403 404 403
        POST /dev/tokens                                       200 200 200 200 200 200 200 200
        POST /v1/agencies/{cc}/{slug}/resume                   403 403 403 403 409 403 403 403
        POST /v1/agencies/{cc}/{slug}/suspend                  403 403 403 403 act 403 403 403
        POST /v1/agreements                                    403 403 403 403 act 403 403 403
        POST /v1/agreements/{id}/resume                        403 403 403 403 409 403 404 403
        POST /v1/agreements/{id}/signatures                    403 403 403 403 409 403 404 403
        POST /v1/agreements/{id}/suspend                       403 403 403 403 act 403 404 403
        POST /v1/agreements/{id}/terminate                     403 403 403 403 act 403 404 403
        POST /v1/countries/{cc}/rule-packs                     403 403 403 403 422 403 403 403
        POST /v1/countries/{cc}/rule-packs/{version}/analysis  403 403 403 403 404 403 403 403
        POST /v1/countries/{cc}/rule-packs/{version}/approve   403 403 403 403 404 403 403 403
        POST /v1/countries/{cc}/rule-packs/{version}/impact    403 403 403 403 404 403 403 403
        POST /v1/countries/{cc}/rule-packs/{version}/reinstate 403 403 403 403 404 403 403 403
        POST /v1/countries/{cc}/rule-packs/{version}/test      403 403 403 403 404 403 403 403
        POST /v1/countries/{cc}/signing-keys                   403 403 403 403 400 403 403 403
        POST /v1/countries/{cc}/signing-keys/{kid}/confirm     403 403 403 403 404 403 403 403
        POST /v1/countries/{cc}/signing-keys/{kid}/revoke      403 403 403 403 404 403 403 403
        POST /v1/rules/evaluate                                200 200 200 200 200 200 200 403
        POST /v1/transfers                                     400 act 403 403 403 403 404 403
        POST /v1/transfers/preflight                           400 200 403 403 403 403 404 403
        POST /v1/transfers/{id}/accept                         403 409 403 403 403 403 404 403
        POST /v1/transfers/{id}/approve                        403 403 409 403 403 403 404 403
        POST /v1/transfers/{id}/erase                          409 403 403 403 409 403 404 403
        POST /v1/transfers/{id}/refuse                         403 409 403 403 403 403 404 403
        POST /v1/transfers/{id}/reject                         403 403 409 403 403 403 404 403
        POST /v1/transfers/{id}/withdraw                       403 act 403 403 403 403 404 403
        PUT /v1/agencies/{cc}/{slug}                           403 403 403 403 act 403 403 403
        PUT /v1/countries/{cc}/classification-scheme           403 403 403 403 422 403 403 403
        PUT /v1/countries/{cc}/issuers                         403 403 403 403 400 403 403 403
        PUT /v1/countries/{cc}/witnesses                       403 403 403 403 400 403 403 403
        PUT /v1/datasets/{cc}/{agency}/{slug}                  act 403 403 403 403 403 403 403
        PUT /v1/transfers/{id}/payload                         act 403 403 403 403 403 404 403
        """;

    public static IReadOnlyDictionary<string, string[]> Rows { get; } = Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .ToDictionary(cells => $"{cells[0]} {cells[1]}", cells => cells[2..]);
}
