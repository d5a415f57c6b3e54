package io.millrace.client.contract;

/**
 * The headers of a job message, each with the CloudEvents extension attribute that says the same.
 */
enum JobHeader {
  TENANT(ContractNames.TENANT),
  NOT_BEFORE(ContractNames.NOT_BEFORE),
  DEADLINE(ContractNames.DEADLINE),
  UNIQUE_KEY(ContractNames.UNIQUE_KEY),
  CONCURRENCY_KEY(ContractNames.CONCURRENCY_KEY),
  SUBJECT(ContractNames.SUBJECT),
  TRACEPARENT(ContractNames.TRACEPARENT);

  private final String header;
  private final String attribute;

  JobHeader(String header) {
    this.header = header;
    this.attribute = ContractNames.extensionOf(header);
  }

  String header() {
    return header;
  }

  String attribute() {
    return attribute;
  }
}
