/** When a pipeline is due: cron, time zone and what belongs to them, told as Airflow tells it. */
package crm.schedule;
