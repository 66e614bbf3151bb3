import { describeReports } from "./describe-reports.test.support.js";

describeReports("node");
